import type { AnyFaultDriver } from '../domain/fault-driver';
import { sweep } from '../sweep/sweep';
import type { ReadEnvironments } from '../sweep/read-sweep-environments';
import { Absences } from './absences';
import { emptyHealth, sentinelHealth, type SentinelHealth } from './sentinel-health';
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

/** An environment whose file has been missing this long is taken for gone for good. */
const goneForGoodMs = 60_000;
/** The time of a fault is over this long after its notAfter, whatever the difference between clocks. */
const overMarginMs = 60_000;

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
 * itself only when its parent is gone and it could look everywhere and no fault is left that would outlive it. Where it cannot
 * look any more it stays as well, until the file is gone for good and the time of every fault that it saw there is over.
 */
export async function startSentinel(options: SentinelOptions): Promise<Sentinel> {
  const sleep = new Sleep();
  let health = emptyHealth();
  const server = await serveHealth(() => health, options.port ?? 0, options.host ?? '127.0.0.1');
  const isAlone = async () => sleep.isOver || (await options.isParentAlive?.()) === false;
  const findLost = lostOf(options);
  const run = async () => {
    for (;;) {
      // Asked before the sweep, so that whoever is alone has swept once more before leaving.
      const mayLeave = await isAlone();
      health = await sweepOnce(options, health);
      const lost = findLost(health);
      if (mayLeave && lost.length === health.neededBy.length) return tellLost(lost, health, options);
      await sleep.for(options.everyMs ?? 5_000);
    }
  };
  return { url: server.url, port: server.port, leave: () => sleep.end(), ended: run().finally(() => server.close()) };
}

/** Finds those of the environments that are gone for good; a file that is replaced is away for a moment only. */
function lostOf({ isGone = () => false, now = Date.now }: SentinelOptions): (health: SentinelHealth) => string[] {
  const absences = new Absences(goneForGoodMs);
  return ({ neededBy, unseen, latestNotAfter }) => {
    const gone = absences.note(neededBy.filter(isGone), now());
    return gone.filter((name) => unseen.includes(name) && isOver(latestNotAfter[name], now()));
  };
}

function isOver(notAfter: string | undefined, nowMs: number): boolean {
  return notAfter === undefined || nowMs >= Date.parse(notAfter) + overMarginMs;
}

function tellLost(
  lost: string[],
  { latestNotAfter }: SentinelHealth,
  { log = () => undefined }: SentinelOptions,
): void {
  const why = `its file has been gone for ${goneForGoodMs / 1_000} s, and nothing can be asked there any more`;
  for (const name of lost) {
    const notAfter = latestNotAfter[name];
    const known =
      notAfter === undefined
        ? 'the sentinel knows of no fault there that had time left'
        : `the last fault seen there was to end by ${notAfter}`;
    log(`The sentinel leaves environment ${name} although a fault may be left there: ${why}; ${known}.`);
  }
}

/** One round; never throws, because nothing that goes wrong in one may prevent the next. */
async function sweepOnce(options: SentinelOptions, before: SentinelHealth): Promise<SentinelHealth> {
  const { drivers, readEnvironments, now = Date.now } = options;
  try {
    const { environments, problems } = readEnvironments();
    const report = await sweep({ drivers, environments, now });
    return sentinelHealth({ drivers, environments, problems, report, before, sweptAtMs: now() });
  } catch (error) {
    return { ...before, unseen: before.neededBy, problems: [error instanceof Error ? error.message : String(error)] };
  }
}
