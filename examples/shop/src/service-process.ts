import { listenJson, type Routes } from './json-server';
import type { Urls } from './run-directory';
import { host } from './settings';

/** What a service serves, and the URLs of anything else that it listens on. */
export interface Service {
  routes: Routes;
  otherUrls?: Urls;
}

/** What a service tells the shop once it listens: its URLs by endpoint. */
export interface ReadyMessage {
  urls: Urls;
}

/**
 * Runs one service of the shop: opens it, serves its routes on a free port, tells the parent where, and ends when
 * the parent says so or is gone. Services end at once: whatever must survive is in a file before it is answered.
 */
export function runService(name: string, open: () => Service | Promise<Service>): void {
  endWithParent();
  announce(name, open).catch((error: unknown) => {
    process.stderr.write(`shop: ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}

async function announce(name: string, open: () => Service | Promise<Service>): Promise<void> {
  const { routes, otherUrls } = await open();
  const { url } = await listenJson(routes, host());
  const message: ReadyMessage = { urls: { [name]: url, ...otherUrls } };
  process.send?.(message);
}

function endWithParent(): void {
  // A Ctrl-C or a closed terminal reaches the whole process group; the shop decides what happens then.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('SIGTERM', () => process.exit(0));
  process.on('disconnect', () => process.exit(0));
}
