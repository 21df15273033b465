import type { Orchestrator, Tools } from '../../activities/tools';
import { isSealed } from '../client/seal';
import type { EvidenceStore } from '../domain/evidence-store';
import type { EnvironmentFolder } from '../environments/environment-folder';
import type { Metrics } from '../metrics/metrics';
import { planHash, targetsHash } from '../scenario/plan-hash';
import type { Spool } from '../store/spool';
import { activityMetrics } from './activity-metrics';
import { environmentAccess } from './environment-access';
import { sentinelTrouble } from './sentinel-check';

/** What a worker's process has at hand. */
export interface WorkerParts {
  folder: EnvironmentFolder;
  orchestrator: Orchestrator;
  spool: Spool;
  store: () => Promise<EvidenceStore>;
  sealKey: string;
  stateDir: string;
  home: string;
  temporal: { address: string };
  metrics: Metrics;
}

/** Makes what activities are handed. */
export function makeTools(parts: WorkerParts): Tools {
  const { folder, spool, stateDir } = parts;
  return {
    catalogue: folder.catalogue,
    environment: async (name, reading) => environmentAccess(folder, name, reading),
    orchestrator: parts.orchestrator,
    series: { write: (chunk) => spool.write(chunk), deliver: (experimentId) => deliver(spool, experimentId) },
    store: parts.store,
    hashes: { plan: planHash, targets: targetsHash },
    isSealed: (experimentId, decision, seal) => isSealed(parts.sealKey, experimentId, decision, seal),
    sentinelTrouble: (needs) => sentinelTrouble(folder, stateDir, needs),
    home: parts.home,
    removalPath: [parts.temporal.address],
    metrics: activityMetrics(parts.metrics),
  };
}

/** What stays behind makes the caller try again: evidence without its series is not complete. */
async function deliver(spool: Spool, experimentId: string): Promise<void> {
  // Also when nothing waits any more: the folder that it waited in goes as well.
  await spool.flush();
  const pending = spool.pending(experimentId);
  if (pending > 0) throw new Error(`${pending} chunks of series of ${experimentId} still wait for the store`);
}
