import { answeredInTime } from '../api/ask';
import type { Gameday } from '../client/gameday';
import type { OpenInjection } from '../domain/progress';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { listFaults } from '../server/fault-source';
import { readSweepEnvironments } from '../sweep/read-sweep-environments';
import { errorMessage } from './error-code';
import { environmentsOf } from './remove-unwatched';

/** A fault that is still there, or that nobody has seen gone. */
export interface Remaining {
  injectionId: string;
  lockKey: string;
  /** When it expires at the latest. */
  notAfter: string;
}

/** What is left, as far as it could be asked. */
export interface Remains {
  faults: Remaining[];
  /** Who could not be asked, in sentences: with one of them, an empty list says nothing. */
  troubles: string[];
}

type Asked = Pick<Gameday, 'openInjections' | 'progress'>;

/** Whoever leaves in a hurry does not wait longer for a target that does not answer. */
const listWithinMs = 2_000;

/** What the targets list, and what an open injection has not seen gone: a target that is away cannot be asked. */
export async function remainingFaults(gameday: Asked, folder: EnvironmentFolder): Promise<Remains> {
  const [listed, held] = await Promise.all([listedFaults(folder), unseenGone(gameday)]);
  const ids = listed.faults.map((one) => one.injectionId);
  const unlisted = held.faults.filter((one) => !ids.includes(one.injectionId));
  const troubles = [...listed.troubles, ...held.troubles, ...unreadFiles(folder)];
  return { faults: [...listed.faults, ...unlisted], troubles };
}

async function listedFaults(folder: EnvironmentFolder): Promise<Remains> {
  try {
    const listing = listFaults(folder.catalogue.faults, environmentsOf(folder));
    const { faults, troubles } = await answeredInTime(listing, listWithinMs);
    return {
      faults: faults.map(({ injectionId, lockKey, notAfter }) => ({ injectionId, lockKey, notAfter })),
      troubles,
    };
  } catch (error) {
    return { faults: [], troubles: [`the targets: ${errorMessage(error)}`] };
  }
}

function unreadFiles({ directory, catalogue, source }: EnvironmentFolder): string[] {
  return readSweepEnvironments({ directory, catalogue, env: { ...source.env } }).problems;
}

async function unseenGone(gameday: Asked): Promise<Remains> {
  try {
    const open = await answeredInTime(gameday.openInjections(), listWithinMs);
    return { faults: await describeOpen(gameday, open), troubles: [] };
  } catch (error) {
    return { faults: [], troubles: [`Temporal, for the injections that are open: ${errorMessage(error)}`] };
  }
}

/** The open injections whose fault was not seen gone; one that only keeps its lock until recovery is over is left out. */
export async function describeOpen(gameday: Pick<Gameday, 'progress'>, open: OpenInjection[]): Promise<Remaining[]> {
  const described = await Promise.all(open.map((one) => describeOne(gameday, one)));
  return described.flatMap((one) => one ?? []);
}

async function describeOne(
  gameday: Pick<Gameday, 'progress'>,
  { injectionId, experimentId, lockKey }: OpenInjection,
): Promise<Remaining | undefined> {
  const progress = await answeredInTime(gameday.progress(experimentId), listWithinMs).catch(() => undefined);
  const record = progress?.evidence.injections.find((one) => one.injectionId === injectionId);
  if (record?.rolledBackAt !== undefined) return undefined;
  return { injectionId, lockKey, notAfter: record?.notAfter ?? 'a time that could not be asked' };
}
