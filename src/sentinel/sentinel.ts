import type { AnyFaultDriver } from '../domain/fault-driver';
import { sweep } from '../sweep/sweep';
import type { SweepEnvironment } from '../sweep/sweep-environment';
import { sentinelHealth, type SentinelHealth } from './sentinel-health';
import { serveHealth } from './serve-health';
import { Sleep } from './sleep';

/** What one environment file gave: the environment, or why it could not be read. */
export interface ReadEnvironments {
  environments: SweepEnvironment[];
  /** In plain words, without secrets. */
  problems: string[];
}

/** What a sentinel watches over, and for how long. */
export interface SentinelOptions {
  drivers: AnyFaultDriver[];
  /** Read anew before every sweep, because addresses and tokens appear and change while it runs. */
  readEnvironments(): Promise<ReadEnvironments>;
  /** Whether whoever started it still runs; it stays until told to leave when nobody is named. */
  isParentAlive?: () => Promise<boolean>;
  everyMs?: number;
  port?: number;
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
  let health: SentinelHealth = { pid: process.pid, environments: [], faults: 0, problems: [], isNeeded: true };
  const server = await serveHealth(() => health, options.port ?? 0, options.host ?? '127.0.0.1');
  const run = async () => {
    for (let isOver = false; !isOver;) {
      const isAlone = sleep.isOver || (options.isParentAlive && !(await options.isParentAlive()));
      health = await sweepOnce(options);
      isOver = Boolean(isAlone) && !health.isNeeded;
      if (!isOver) await sleep.for(options.everyMs ?? 5_000);
    }
  };
  return { url: server.url, port: server.port, leave: () => sleep.end(), ended: run().finally(() => server.close()) };
}

async function sweepOnce({ drivers, readEnvironments, now = Date.now }: SentinelOptions): Promise<SentinelHealth> {
  const { environments, problems } = await readEnvironments();
  const report = await sweep({ drivers, environments, now });
  return sentinelHealth({ drivers, environments, problems, report, sweptAtMs: now() });
}
