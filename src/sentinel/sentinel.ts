import type { AnyFaultDriver } from '../domain/fault-driver';
import { sweep } from '../sweep/sweep';
import type { ReadEnvironments } from '../sweep/read-sweep-environments';
import { Absences } from './absences';
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
  /** Whether the file of an environment that was read before is not there any more; default never. */
  isGone?: (environment: string) => boolean;
  /** Told why it leaves although it cannot know whether a fault is left. */
  log?: (line: string) => void;
  everyMs?: number | undefined;
  port?: number | undefined;
  host?: string;
  now?: () => number;
}

/** An environment whose file has been missing this long is taken for gone for good: nothing can be asked there again. */
const goneForGoodMs = 60_000;

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
 * itself only when its parent is gone and no fault is left that would outlive it, or whose environment is not gone for good.
 */
export async function startSentinel(options: SentinelOptions): Promise<Sentinel> {
  const sleep = new Sleep();
  let health: SentinelHealth = { pid: process.pid, environments: [], faults: 0, problems: [], neededBy: [] };
  const server = await serveHealth(() => health, options.port ?? 0, options.host ?? '127.0.0.1');
  const isAlone = async () => sleep.isOver || (await options.isParentAlive?.()) === false;
  const findLost = lostOf(options);
  const run = async () => {
    for (;;) {
      // Asked before the sweep, so that whoever is alone has swept once more before leaving.
      const mayLeave = await isAlone();
      health = await sweepOnce(options, health);
      const lost = findLost(health.neededBy);
      if (mayLeave && lost.length === health.neededBy.length) return tellLost(lost, options);
      await sleep.for(options.everyMs ?? 5_000);
    }
  };
  return { url: server.url, port: server.port, leave: () => sleep.end(), ended: run().finally(() => server.close()) };
}

/** Finds those of the environments that are gone for good; a file that is replaced is away for a moment only. */
function lostOf({ isGone = () => false, now = Date.now }: SentinelOptions): (needed: string[]) => string[] {
  const absences = new Absences(goneForGoodMs);
  return (needed) => absences.note(needed.filter(isGone), now());
}

function tellLost(lost: string[], { log = () => undefined }: SentinelOptions): void {
  if (lost.length === 0) return;
  const why = `its file has been gone for ${goneForGoodMs / 1_000} s, so that nothing can be asked there any more`;
  for (const name of lost) log(`The sentinel leaves environment ${name} although a fault may be left there: ${why}.`);
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
