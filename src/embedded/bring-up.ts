import { resolve } from 'node:path';
import type { Config } from '../config';
import { reachTemporal, type ReachedTemporal } from './reach-temporal';
import type { Remains } from './remaining-faults';
import { spawnSentinel } from './spawn-sentinel';
import { openStateDir } from './state-dir';
import { claimUp, type UpNote } from './up-note';
import type { WindDownOptions } from './wind-down';

/** How the embedded everything is brought up. */
export interface BringUpOptions {
  config: Config;
  /** Those to serve; default all that have a valid file. */
  environments?: string[];
  /** Port of the API; default a free one. */
  port?: number;
  isVerbose?: boolean;
  log(line: string): void;
}

/** The embedded everything while it runs. */
export interface Up {
  url: string;
  token: string;
  temporalAddress: string;
  temporalUiUrl?: string;
  stateDir: string;
  environments: string[];
  /** Rejects, with the reason, when a part has failed for good, so that `stop` is all that is left to do. */
  ended: Promise<void>;
  /** What would be left behind by leaving right now. */
  remaining(): Promise<Remains>;
  /** Ends everything in order: rollbacks seen through, then worker, API and Temporal. Resolves to what may be left, in sentences. */
  stop(options?: WindDownOptions): Promise<string[]>;
}

/**
 * Starts Temporal, sentinel, worker, API and store on loopback; throws AlreadyUp when they run here already. When it fails,
 * it leaves nothing running but the sentinel, which leaves by itself.
 */
export async function bringUp(options: BringUpOptions): Promise<Up> {
  const { config, log } = options;
  const { path: stateDir } = await openStateDir(config.stateDirectory);
  const note = await claimUp(stateDir, { log });
  // Temporal needs as long to answer as this process to load the rest, so it goes first.
  const { underWay, reached } = reachTemporal(config, stateDir, log);
  try {
    await underWay;
    return await startRest(options, { note, stateDir }, reached);
  } catch (error) {
    await reached.then(abandon, () => undefined);
    await note.remove().catch(() => undefined);
    throw error;
  }
}

async function startRest(
  options: BringUpOptions,
  place: { note: UpNote; stateDir: string },
  reached: Promise<ReachedTemporal>,
): Promise<Up> {
  const { stateDir } = place;
  const { environmentsDirectory, env } = options.config;
  await spawnSentinel({ stateDir, environmentsDirectory: resolve(environmentsDirectory), env });
  const { startParts } = await import('./start-parts.js');
  const parts = await startParts(options, stateDir, reached);
  const { runningUp } = await import('./running-up.js');
  return runningUp(options, parts, place);
}

/** One that ran before is somebody's, or the next start finds it; one that was started for this is nobody's any more. */
async function abandon(temporal: ReachedTemporal): Promise<void> {
  temporal.letGo();
  if (!temporal.adopted) await temporal.stop();
}
