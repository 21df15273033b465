import type { Config } from '../config';
import type { Parts } from './world';

/** The parts of a distributed installation; each loads what it needs when it is started. */
export function createParts(config: Config): Parts {
  return {
    async server({ log, host, port }) {
      const { startServerPart } = await import('./parts/server-part.js');
      return startServerPart(config, {
        log,
        ...(host === undefined ? {} : { host }),
        ...(port === undefined ? {} : { port }),
      });
    },
    async worker({ log, environments }) {
      const { startWorkerPart } = await import('./parts/worker-part.js');
      return startWorkerPart(config, { log, environments });
    },
    async sentinel({ port }) {
      const { runSentinel } = await import('../sentinel/run-sentinel.js');
      const ended = runSentinel({
        environments: config.environmentsDirectory,
        stateDir: config.stateDirectory,
        env: config.env,
        ...(port === undefined ? {} : { port }),
      });
      return { ended, stop: () => ended };
    },
  };
}
