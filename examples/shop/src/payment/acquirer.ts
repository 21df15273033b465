import { setTimeout as wait } from 'node:timers/promises';

/** Waits as long as a card network takes to answer: `typicalMs`, give or take a quarter. */
export async function askAcquirer(typicalMs: number): Promise<void> {
  await wait(typicalMs * (0.75 + Math.random() / 2));
}
