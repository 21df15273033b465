import type { BringUpOptions, Up } from './bring-up';
import { errorMessage } from './error-code';
import type { StartedParts } from './start-parts';
import type { UpNote } from './up-note';
import { windDown, type WindDownOptions } from './wind-down';

/** Once a part has failed, nobody may be left to see things through, so that this long is enough to find out. */
const withFailureMs = 15_000;

/** What runs, as the one who brought it up sees it. */
export async function runningUp(
  { config, log }: BringUpOptions,
  parts: StartedParts,
  place: { note: UpNote; stateDir: string },
): Promise<Up> {
  const { temporal, server, folder, environments, token } = parts;
  const { ended, hasFailed } = watchParts(parts);
  const patience = {
    isHopeless: () => temporal.isGone(),
    withinMs: () => (hasFailed() ? withFailureMs : undefined),
  };
  // In a cluster of others only what is served here is ended, and other workers may watch what is in effect there.
  const served = config.hasCluster ? { environments } : {};
  const way = windDown({ gameday: server.gameday, folder, patience, home: await parts.readHome(), ...served });
  await place.note.publish(server.url);
  return {
    ...{ url: server.url, token, temporalAddress: temporal.address, stateDir: place.stateDir, environments, ended },
    ...(temporal.uiUrl === undefined ? {} : { temporalUiUrl: temporal.uiUrl }),
    remaining: () => way.remaining(),
    async stop({ keep = false, log: tell = log }: WindDownOptions = {}) {
      temporal.letGo();
      // A disk that is full bars no rollback.
      await place.note.leave().catch(() => undefined);
      await way.seeThrough({ keep, log: tell });
      let left: string[] = [];
      try {
        await parts.stop(async () => void (left = await way.removeRest(tell)));
      } finally {
        await place.note.remove();
      }
      return left;
    },
  };
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
