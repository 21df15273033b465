import { setTimeout as sleep } from 'node:timers/promises';
import { askTemporal, type RegisteredAttributes } from './ask-temporal';

const LOOK_EVERY_MS = 5;
const READY_WITHIN_MS = 20_000;

/** A server process that should answer soon. */
export interface AwaitedTemporal {
  port: number;
  httpPort: number;
  namespace: string;
  hasEnded(): boolean | Promise<boolean>;
}

/** Resolves with the namespace's search attributes once the server answers; throws when it ends or stays silent for 20 s. */
export async function waitForTemporal(server: AwaitedTemporal): Promise<RegisteredAttributes> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (await server.hasEnded()) throw new Error('it ended before it answered');
    const attributes = await askTemporal(server, server.namespace);
    if (attributes !== undefined) return attributes;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`it did not answer for namespace ${server.namespace} within ${READY_WITHIN_MS} ms`);
}
