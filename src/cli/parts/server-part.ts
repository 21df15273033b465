import type { Config } from '../../config';
import { createMetrics } from '../../metrics/metrics';
import { startServer } from '../../server/start-server';
import type { RunningPart } from '../world';
import { reach } from './reach';

/** Starts the API of this process. */
export async function startServerPart(
  config: Config,
  options: { host?: string; port?: number; log(line: string): void },
): Promise<RunningPart> {
  const reached = await reach(config);
  const server = await startServer({ ...reached, ...options, metrics: createMetrics() });
  return {
    url: server.url,
    ended: new Promise(() => undefined),
    async stop() {
      await server.stop();
      await reached.close();
    },
  };
}
