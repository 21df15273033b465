import { GamedayError, type Gameday } from '../client/gameday';
import type { Stop } from '../domain/evidence';
import type { OpenInjection } from '../domain/progress';
import { localOwnerName } from '../people/local-token';
import type { Patience } from './patience';

/** What of Temporal is asked on the way out. */
export type AskedOnTheWayOut = Pick<Gameday, 'abort' | 'isOpen' | 'openExperiments' | 'openInjections'>;

/** How everything in effect is ended. */
export interface SeeThrough {
  /** Leaves experiments with no fault in effect open. */
  keep: boolean;
  patience: Patience;
  log(line: string): void;
}

/** Ends what is open and waits until no injection is; throws GaveUp when that is no use any more. */
export async function seeThrough(gameday: AskedOnTheWayOut, { keep, patience, log }: SeeThrough): Promise<void> {
  const told = new Set<string>();
  const ask = (): Promise<string[]> => patience.untilAnswered(() => toEnd(gameday, keep, told));
  // Asked again, because somebody may have started one meanwhile.
  for (let ids = await ask(); ids.length > 0; ids = await ask()) {
    log(`rolling back and ending ${ids.join(', ')}`);
    ids.forEach((id) => told.add(id));
    await endExperiments(gameday, ids, patience);
  }
  await untilNoInjections(gameday, patience, log);
}

async function toEnd(gameday: AskedOnTheWayOut, keep: boolean, told: Set<string>): Promise<string[]> {
  const harmful = (await gameday.openInjections()).map((one) => one.experimentId);
  const open = keep ? [] : await gameday.openExperiments();
  return [...new Set([...harmful, ...open])].filter((id) => !told.has(id));
}

/** Told until it is sure that each was; one whose verdict is being decided anyway is waited for all the same. */
async function endExperiments(gameday: AskedOnTheWayOut, ids: string[], patience: Patience): Promise<void> {
  const untold = new Set(ids);
  for (let open = ids; ;) {
    await Promise.all([...untold].map(async (id) => (await tellAbort(gameday, id, patience)) && untold.delete(id)));
    const looks = await Promise.all(open.map((id) => patience.ask(() => gameday.isOpen(id))));
    open = open.filter((_, index) => looks[index] !== false);
    if (open.length === 0) return;
    await patience.wait(`${open.join(', ')} has ended`);
  }
}

async function tellAbort(gameday: AskedOnTheWayOut, experimentId: string, patience: Patience): Promise<boolean> {
  const by = { name: localOwnerName(), groups: [] };
  const stop: Stop = { kind: 'abort', by, reason: 'Gameday is shutting down', at: new Date().toISOString() };
  // Temporal's no means that it has ended by now, so there is nobody to tell.
  const isTold = await patience.ask(() => gameday.abort(experimentId, stop).then(yes, yesToANo));
  return isTold === true;
}

const yes = (): true => true;

function yesToANo(error: unknown): true {
  if (error instanceof GamedayError) return true;
  throw error;
}

async function untilNoInjections(
  gameday: AskedOnTheWayOut,
  patience: Patience,
  log: (line: string) => void,
): Promise<void> {
  for (let told = ''; ;) {
    const open = await patience.untilAnswered(() => gameday.openInjections());
    if (open.length === 0) return;
    const names = describe(open);
    if (names !== told) log(`waiting until ${names} is seen gone`);
    told = names;
    await patience.wait(`${names} is seen gone`);
  }
}

function describe(open: OpenInjection[]): string {
  return open.map((one) => `${one.injectionId} on ${one.lockKey}`).join(', ');
}
