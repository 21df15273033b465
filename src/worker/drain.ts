import type { Worker } from '@temporalio/worker';

/** A worker that was asked to end, and what settles when it has. */
export interface Draining extends Pick<Worker, 'getState'> {
  run: Promise<void>;
}

const lookMs = 250;
/** Above what the workers take to cancel and then to give up what is under way. */
const drainedWithinMs = 20_000;

/**
 * Waits until each worker has ended or failed, and no longer than 20 s: the run of one that fails on its way out may never
 * settle. Resolves to whether all have ended, so that nothing of theirs is in use any more.
 */
export async function drain(workers: Draining[], withinMs = drainedWithinMs): Promise<boolean> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), withinMs);
  try {
    const ends = await Promise.all(workers.map((worker) => hasEnded(worker, patience.signal)));
    return ends.every(Boolean);
  } finally {
    clearTimeout(timer);
  }
}

async function hasEnded(worker: Draining, patience: AbortSignal): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const given = new Promise<void>((resolve) => {
    timer = setInterval(() => (worker.getState() === 'FAILED' || patience.aborted) && resolve(), lookMs);
  });
  const settled = worker.run.then(
    () => true,
    () => false,
  );
  return Promise.race([settled, given.then(() => false)]).finally(() => clearInterval(timer));
}
