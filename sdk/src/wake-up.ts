/** Longer timers would fire at once, so a longer wait is made of several. */
const timerMaxMs = 2_147_483_647;

/** Calls `due` once `remainingMs` has fallen to zero, asking again whenever it has grown meanwhile; answers how to stop. */
export function wakeAt(remainingMs: () => number, due: () => void): () => void {
  let timer: NodeJS.Timeout;
  const schedule = (): void => {
    timer = setTimeout(check, Math.min(Math.max(Math.ceil(remainingMs()), 1), timerMaxMs));
    timer.unref();
  };
  const check = (): void => {
    if (remainingMs() > 0) schedule();
    else due();
  };
  schedule();
  return () => clearTimeout(timer);
}
