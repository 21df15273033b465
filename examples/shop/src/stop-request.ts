import { fstatSync } from 'node:fs';

/**
 * Resolves with the reason when the shop is to stop: a signal, or the end of whoever started it, which shows in a broken
 * channel or in the end of a standard input that is a pipe. Started with neither, it lives until a signal comes.
 */
export function stopRequest(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    process.on('disconnect', () => resolve('the parent is gone'));
    if (!isPiped()) return;
    process.stdin.on('end', () => resolve('standard input has ended'));
    process.stdin.on('error', () => resolve('standard input is broken'));
    process.stdin.resume();
  });
}

/** A file, a terminal or the null device as standard input says nothing about whether the parent lives. */
function isPiped(): boolean {
  try {
    const input = fstatSync(0);
    return input.isFIFO() || input.isSocket();
  } catch {
    return false;
  }
}
