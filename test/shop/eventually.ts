import { setTimeout as wait } from 'node:timers/promises';

/** Resolves once the question is answered with yes; rejects, naming what was waited for, after the given time. */
export async function eventually(
  what: string,
  question: () => Promise<boolean> | boolean,
  withinMs = 20_000,
): Promise<void> {
  const startedAtMs = performance.now();
  while (!(await question())) {
    if (performance.now() - startedAtMs > withinMs)
      throw new Error(`Waiting until ${what}: not within ${withinMs} ms.`);
    await wait(25);
  }
}
