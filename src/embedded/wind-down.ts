import type { Gameday } from '../client/gameday';
import type { OpenInjection } from '../domain/progress';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { errorMessage } from './error-code';
import { Patience, type PatienceOptions } from './patience';
import { describeOpen, remainingFaults, type Remains } from './remaining-faults';
import { removeUnwatched } from './remove-unwatched';
import { seeThrough, type AskedOnTheWayOut } from './see-through';

/** How to leave. */
export interface WindDownOptions {
  /** Leaves experiments with no fault in effect open for the next start. */
  keep?: boolean;
  /** Told what is waited for. */
  log?(line: string): void;
}

/** What is wound down. */
export interface WoundDown {
  gameday: Gameday;
  folder: EnvironmentFolder;
  /** The environments served here, in a cluster that others use too; undefined in one that is ours alone. */
  environments?: string[];
  /** What bounds the waiting. */
  patience?: Omit<PatienceOptions, 'log'>;
  /** The id of the namespace that our faults' tags name. */
  home: string;
}

/** The way out: everything in effect is rolled back and seen gone before anything is stopped. */
export interface WayOut {
  remaining(): Promise<Remains>;
  /** Ends what is open and sees it gone; says so when it had to give up. Never throws. */
  seeThrough(options: Required<WindDownOptions>): Promise<void>;
  /** Once no worker is left: removes what nobody watches any more; resolves to sentences on what may be left. */
  removeRest(log: (line: string) => void): Promise<string[]>;
}

/** Makes the way out. */
export function windDown({ gameday, folder, environments, patience = {}, home }: WoundDown): WayOut {
  let open: OpenInjection[] | undefined;
  let isSeenThrough = false;
  const ours = servedHere(gameday, environments, (listed) => (open = listed));
  return {
    remaining: () => remainingFaults(ours, folder),
    async seeThrough({ keep, log }) {
      try {
        await seeThrough(ours, { keep, log, patience: new Patience({ ...patience, log }) });
        isSeenThrough = true;
      } catch (error) {
        log(`not everything was seen to its end: ${errorMessage(error)}`);
      }
    },
    async removeRest(log) {
      // In a cluster of others their workers may watch what is in effect here, so that it is not ours to remove.
      if (environments === undefined) return removeUnwatched({ folder, home, isSeenThrough, log });
      return isSeenThrough ? [] : unseen(ours, open);
    },
  };
}

async function unseen(gameday: Asked, open: OpenInjection[] | undefined): Promise<string[]> {
  if (open === undefined) return ['Temporal could not be asked which injections are open'];
  const faults = await describeOpen(gameday, open);
  return faults.map((one) => `${one.injectionId} on ${one.lockKey} was not seen gone; it expires at ${one.notAfter}`);
}

type Asked = AskedOnTheWayOut & Pick<Gameday, 'progress'>;

/** On a cluster that others use too, only what belongs to the environments served here is anybody's to end here. */
function servedHere(
  gameday: Gameday,
  environments: string[] | undefined,
  note: (open: OpenInjection[]) => void,
): Asked {
  const isServed = ({ environment }: OpenInjection): boolean => environments?.includes(environment) ?? true;
  return {
    abort: (id, stop) => gameday.abort(id, stop),
    isOpen: (id) => gameday.isOpen(id),
    progress: (id) => gameday.progress(id),
    openExperiments: () => gameday.openExperiments(environments),
    async openInjections() {
      const open = (await gameday.openInjections()).filter(isServed);
      note(open);
      return open;
    },
  };
}
