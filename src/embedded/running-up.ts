import type { BringUpOptions, Up } from './bring-up';
import { errorMessage } from './error-code';
import type { RunningServer } from '../server/start-server';
import type { StartedParts } from './start-parts';
import type { UpNote } from './up-note';
import { windDown, type WayOut, type WindDownOptions } from './wind-down';

/** Once a part has failed, nobody may be left to see things through, so that this long is enough to find out. */
const withFailureMs = 15_000;

/** What runs, as the one who brought it up sees it. Errors: why the API does not listen, once all has been wound down. */
export async function runningUp(options: BringUpOptions, parts: StartedParts, place: Place): Promise<Up> {
  const { ended, hasFailed } = watchParts(parts);
  const { temporal, environments, token } = parts;
  const way = await wayOutOf(options, parts, hasFailed);
  const stop = ({ keep = false, log = options.log }: WindDownOptions = {}) =>
    leave({ parts, place, way }, { keep, log });
  const server = await published(parts, place).catch(async (error: unknown) => {
    await leaveUnfinished(stop, options.log);
    throw error;
  });
  return {
    ...{ url: server.url, token, temporalAddress: temporal.address, stateDir: place.stateDir, environments, ended },
    ...(temporal.uiUrl === undefined ? {} : { temporalUiUrl: temporal.uiUrl }),
    remaining: () => way.remaining(),
    stop,
  };
}

interface Place {
  note: UpNote;
  stateDir: string;
}

async function published({ serving }: StartedParts, { note }: Place): Promise<RunningServer> {
  const server = await serving;
  await note.publish(server.url);
  return server;
}

async function wayOutOf({ config }: BringUpOptions, parts: StartedParts, hasFailed: () => boolean): Promise<WayOut> {
  const { temporal, folder, environments, home } = parts;
  const patience = {
    isHopeless: () => temporal.isGone(),
    withinMs: () => (hasFailed() ? withFailureMs : undefined),
  };
  // In a cluster of others only what is served here is ended, and other workers may watch what is in effect there.
  const served = config.hasCluster ? { environments } : {};
  return windDown({ gameday: await parts.readGameday(), folder, patience, home, ...served });
}

interface Leaving {
  parts: StartedParts;
  place: Place;
  way: WayOut;
}

async function leave({ parts, place, way }: Leaving, options: Required<WindDownOptions>): Promise<string[]> {
  parts.temporal.letGo();
  // A disk that is full bars no rollback.
  await place.note.leave().catch(() => undefined);
  await way.seeThrough(options);
  let left: string[] = [];
  try {
    await parts.stop(async () => void (left = await way.removeRest(options.log)));
  } finally {
    await place.note.remove();
  }
  return left;
}

/** The workers may have gone on with experiments of an earlier run by now: those without a fault wait for the next start. */
async function leaveUnfinished(stop: Up['stop'], log: (line: string) => void): Promise<void> {
  try {
    const left = await stop({ keep: true, log });
    for (const sentence of left) log(`A fault may be left: ${sentence}.`);
  } catch (error) {
    log(`not everything could be stopped: ${errorMessage(error)}`);
  }
}

/** Rejects with the first part that fails for good; resolves when the workers have ended as they were asked to. */
function watchParts({ ended, temporal }: StartedParts): { ended: Promise<void>; hasFailed(): boolean } {
  let isFailed = false;
  const workers = ended.catch((error: unknown) => {
    throw new Error(`a worker has failed: ${errorMessage(error)}`, { cause: error });
  });
  const first = Promise.race([workers, temporal.failed]);
  first.catch(() => (isFailed = true));
  return { ended: first, hasFailed: () => isFailed };
}
