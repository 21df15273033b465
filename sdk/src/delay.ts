import type { Ending } from './ending';
import { monotonicNowMs } from './monotonic-clock';

/** A wait that can be given up. */
export interface Delay {
  /** Resolves with the milliseconds really waited, never rejects. */
  over: Promise<number>;
  stop(): void;
}

/** Waits the given milliseconds, or less when the rule ends first; never keeps the process alive. */
export function delayUnlessEnded(delayMs: number, ending: Ending): Delay {
  const startedAtMs = monotonicNowMs();
  let stop = (): void => undefined;
  const over = new Promise<number>((resolve) => {
    const timer = setTimeout(() => stop(), delayMs);
    timer.unref();
    const forget = ending.whenReached(() => stop());
    stop = () => {
      clearTimeout(timer);
      forget();
      resolve(Math.round(monotonicNowMs() - startedAtMs));
    };
    if (ending.hasCome) stop();
  });
  return { over, stop: () => stop() };
}
