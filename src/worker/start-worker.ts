import type { Cluster } from '../client/cluster';
import type { ConnectedClient } from '../client/connect';
import { temporalOrchestrator } from '../client/orchestrator';
import type { EvidenceStore } from '../domain/evidence-store';
import type { EnvironmentFolder } from '../environments/environment-folder';
import type { Metrics } from '../metrics/metrics';
import { openSpool } from '../store/spool';
import { makeTools } from './make-tools';
import { startSweeper } from './sweeper';
import { startWorkers, type RunningWorkers } from './workers';

/** What one process that works is started with. */
export interface WorkerStart {
  temporal: Cluster;
  connected: ConnectedClient;
  folder: EnvironmentFolder;
  environments: string[];
  store: () => Promise<EvidenceStore>;
  sealKey: string;
  stateDir: string;
  metrics: Metrics;
  buildId?: string;
  log(line: string): void;
}

/** Starts the workers of this process with their spool and their sweep. */
export async function startWorker(start: WorkerStart): Promise<RunningWorkers> {
  const { connected, folder, store, stateDir, metrics, environments, log, temporal, buildId } = start;
  const orchestrator = temporalOrchestrator(connected.client);
  const home = await connected.readNamespaceId();
  const spool = openSpool({ dir: `${stateDir}/spool`, store, log });
  const tools = makeTools({ ...start, orchestrator, spool, home });
  const workers = await startWorkers({
    ...temporal,
    environments,
    tools,
    ...(buildId === undefined ? {} : { buildId }),
  });
  const stopSweeping = startSweeper({ folder, orchestrator, home, metrics }, environments, log);
  return {
    ended: workers.ended,
    async stop() {
      stopSweeping();
      await workers.stop();
      await spool.close();
    },
  };
}
