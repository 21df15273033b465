import type { Config } from '../../config';
import { createMetrics } from '../../metrics/metrics';
import { installRuntime } from '../../worker/runtime';
import { startWorker } from '../../worker/start-worker';
import type { RunningPart } from '../world';
import { reach } from './reach';

/** Starts the workers of this process. */
export async function startWorkerPart(
  config: Config,
  { environments, log }: { environments: string[]; log(line: string): void },
): Promise<RunningPart> {
  installRuntime({ log, isVerbose: false });
  const reached = await reach(config);
  const chosen = environments.length > 0 ? environments : reached.folder.names();
  const workers = await startWorker({
    ...reached,
    environments: chosen,
    store: async () => reached.store,
    metrics: createMetrics(),
    log,
    ...(config.buildId === undefined ? {} : { buildId: config.buildId }),
  });
  return {
    ended: workers.ended,
    async stop() {
      await workers.stop();
      await reached.close();
    },
  };
}
