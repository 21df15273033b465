import { setTimeout as wait } from 'node:timers/promises';
import { storeErrorOf, type StoreError } from './store-error';

/** How long one attempt may hold up the process, because the embedded engine waits for a lock synchronously. */
export const lockAttemptMs = 20;

/** How long all attempts together wait for another process to let go of the file. */
export const lockWaitMs = 2_000;

const pauseMs = 30;

/**
 * Does work on the store, trying again while another process holds its lock or a connection has just been lost. Between
 * attempts the process goes on with other things. Errors: `StoreError`, after `waitMs` with the code `locked` or `lost`.
 */
export async function whenFree<T>(
  attempt: string,
  file: string,
  work: () => Promise<T>,
  waitMs: number = lockWaitMs,
): Promise<T> {
  const giveUpAtMs = Date.now() + waitMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const storeError = storeErrorOf(attempt, file, error);
      if (!passes(storeError) || Date.now() >= giveUpAtMs) throw storeError;
    }
    // Not in step with the other process, or two that wait for each other would always meet.
    await wait(pauseMs * (0.5 + Math.random()));
  }
}

function passes({ code }: StoreError): boolean {
  return code === 'locked' || code === 'lost';
}
