import { setTimeout as wait } from 'node:timers/promises';

/** Waits until a condition holds; fails the test when it has not within `withinMs`. */
export async function eventually(condition: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const giveUpAtMs = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > giveUpAtMs) throw new Error(`not seen within ${withinMs} ms: ${condition.toString()}`);
    await wait(5);
  }
}
