import type { AnyFaultDriver } from '../domain/fault-driver';
import { sweep } from '../sweep/sweep';
import type { ReadEnvironments } from '../sweep/read-sweep-environments';
import { sentinelHealth, type SentinelHealth } from './sentinel-health';
import { serveHealth } from './serve-health';
import { Sleep } from './sleep';

/** What a sentinel watches over, and for how long. */
export interface SentinelOptions {
  drivers: AnyFaultDriver[];
  /** Read anew before every sweep, because addresses and tokens appear and change while it runs. */
  readEnvironments(): ReadEnvironments;
  /** Whether whoever started it still runs; it stays until told to leave when nobody is named. */
  isParentAlive?: () => Promise<boolean>;
  everyMs?: number | undefined;
  port?: number | undefined;
  host?: string;
  now?: () => number;
}

/** A running sentinel. */
export interface Sentinel {
  url: string;
  port: number;
  /** Asks it to leave as if its parent were gone: not before every fault it answers for is gone. */
  leave(): void;
  /** Resolves when it has left. */
  ended: Promise<void>;
}

/**
 * Starts a sentinel: it removes every fault whose `notAfter` has passed, needs neither Temporal nor a store, and ends by
 * itself only when its parent is gone and no fault is left that would outlive it.
 */
export async function startSentinel(options: SentinelOptions): Promise<Sentinel> {
  const sleep = new Sleep();
  let health: SentinelHealth = { pid: process.pid, environments: [], faults: 0, problems: [], neededBy: [] };
  const server = await serveHealth(() => health, options.port ?? 0, options.host ?? '127.0.0.1');
  const isAlone = async () => sleep.isOver || (await options.isParentAlive?.()) === false;
  const run = async () => {
    for (;;) {
      // Asked before the sweep, so that whoever is alone has swept once more before leaving.
      const mayLeave = await isAlone();
      health = await sweepOnce(options, health);
      if (mayLeave && health.neededBy.length === 0) return;
      await sleep.for(options.everyMs ?? 5_000);
    }
  };
  return { url: server.url, port: server.port, leave: () => sleep.end(), ended: run().finally(() => server.close()) };
}

/** One round; never throws, because nothing that goes wrong in one may prevent the next. */
async function sweepOnce(options: SentinelOptions, before: SentinelHealth): Promise<SentinelHealth> {
  const { drivers, readEnvironments, now = Date.now } = options;
  try {
    const { environments, problems } = readEnvironments();
    const report = await sweep({ drivers, environments, now });
    const neededBefore = before.neededBy;
    return sentinelHealth({ drivers, environments, problems, report, neededBefore, sweptAtMs: now() });
  } catch (error) {
    return { ...before, problems: [error instanceof Error ? error.message : String(error)] };
  }
}
