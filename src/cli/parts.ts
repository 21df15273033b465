import type { Config } from '../config';
import type { Parts } from './world';

/** The parts of a distributed installation; each loads what it needs when it is started. */
export function createParts(config: Config): Parts {
  return {
    async server(options) {
      const { runServer } = await import('../server/main.js');
      const server = await runServer({ config, ...options });
      return { url: server.url, ended: new Promise(() => undefined), stop: () => server.stop() };
    },
    async worker({ environments, ...options }) {
      const { runWorker } = await import('../worker/main.js');
      const chosen = environments.length > 0 ? { environments } : {};
      const worker = await runWorker({ config, ...options, ...chosen });
      return { url: worker.metricsUrl, ended: worker.ended, stop: () => worker.stop() };
    },
    async sentinel(options) {
      const { runSentinel } = await import('../sentinel/run-sentinel.js');
      const { environmentsDirectory: environments, stateDirectory: stateDir, env } = config;
      const ended = runSentinel({ environments, stateDir, env, ...options });
      return { ended, stop: () => ended };
    },
  };
}
