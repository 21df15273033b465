/** Resolves at the instant or as soon as the signal aborts; never earlier than the next turn of the event loop. */
export function wake(atMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(1, Math.min(atMs - Date.now(), 1_000)));
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });
}
