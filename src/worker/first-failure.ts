import type { Worker } from '@temporalio/worker';

/** What a worker tells of itself. */
type Told = Pick<Worker, 'getState'> & { options: Pick<Worker['options'], 'taskQueue'> };

const lookMs = 250;

/**
 * Rejects when a worker has failed. Its `run` may not: it first waits for what is under way, which a worker that lost its
 * namespace or its permission can never end. Where `run` does tell, it does so with the reason and before this.
 */
export function firstFailure(workers: Told[]): { failed: Promise<never>; forget(): void } {
  const suspects = new Set<Told>();
  let timer: NodeJS.Timeout | undefined;
  const failed = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      for (const worker of workers.filter((one) => one.getState() === 'FAILED')) {
        if (suspects.has(worker)) reject(new Error(`the one for ${worker.options.taskQueue} works no more`));
        suspects.add(worker);
      }
    }, lookMs);
    timer.unref();
  });
  failed.catch(() => undefined);
  return { failed, forget: () => clearInterval(timer) };
}
