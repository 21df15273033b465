import { setTimeout as sleep } from 'node:timers/promises';
import type { Rig } from './rig';

/** Parts that are killed together. */
export const outages = {
  'the worker': (rig: Rig) => [rig.worker],
  Temporal: (rig: Rig) => [rig.temporal.process],
  'worker and Temporal': (rig: Rig) => [rig.worker, rig.temporal.process],
} as const;

/** One way of dying. */
export type Outage = keyof typeof outages;

/** The instants between which something was away, in milliseconds since the epoch. */
export interface Away {
  fromMs: number;
  toMs: number;
}

/** Kills the parts with SIGKILL and starts them again after a while; resolves when they work. */
export async function undergo(rig: Rig, outage: Outage, awayMs: number): Promise<Away> {
  const parts = outages[outage](rig);
  const fromMs = Date.now();
  await Promise.all(parts.map((part) => part.kill()));
  await sleep(fromMs + awayMs - Date.now());
  for (const part of [...parts].reverse()) await part.start();
  return { fromMs, toMs: Date.now() };
}
