import { setTimeout } from 'node:timers/promises';

/** Waits until a condition holds; rejects with `what` after `withinMs`. */
export async function eventually(what: string, withinMs: number, holds: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(`${what}: not within ${withinMs} ms`);
    await setTimeout(20);
  }
}
