import { answeredInTime } from '../api/ask';
import type { Gameday } from '../client/gameday';
import type { Stop } from '../domain/evidence';
import type { OpenInjection } from '../domain/progress';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { localOwnerName } from '../people/local-token';
import { listFaults } from '../server/fault-source';
import { forSweep } from '../sweep/read-sweep-environments';

/** A fault that is still there. */
export interface Remaining {
  injectionId: string;
  lockKey: string;
  /** When it expires at the latest. */
  notAfter: string;
}

/** How to leave. */
export interface WindDownOptions {
  /** Leaves experiments with no fault in effect open for the next start. */
  keep?: boolean;
  /** Told what is waited for. */
  log?(line: string): void;
}

/** Looks this often whether everything has ended. */
const everyMs = 100;
/** Whoever leaves in a hurry does not wait longer for a target that does not answer. */
const listWithinMs = 2_000;

/** The way out: everything in effect is rolled back and seen gone before anything is stopped. */
export function windDown(gameday: Gameday, folder: EnvironmentFolder) {
  return {
    remaining: () => remainingFaults(gameday, folder),
    async seeThrough({ keep = false, log = () => undefined }: WindDownOptions): Promise<void> {
      const injections = await gameday.openInjections();
      const harmful = [...new Set(injections.map((one) => one.experimentId))];
      const ids = keep ? harmful : [...new Set([...harmful, ...(await gameday.openExperiments())])];
      if (ids.length > 0) log(`rolling back and ending ${ids.join(', ')}`);
      await Promise.all(ids.map((id) => endExperiment(gameday, id)));
      await untilNoInjections(gameday, log);
    },
  };
}

/** An experiment whose verdict is being decided anyway needs no abort; it is waited for all the same. */
async function endExperiment(gameday: Gameday, experimentId: string): Promise<void> {
  const by = { name: localOwnerName(), groups: [] };
  const stop: Stop = { kind: 'abort', by, reason: 'Gameday is shutting down', at: new Date().toISOString() };
  await gameday.abort(experimentId, stop).catch(() => undefined);
  await gameday.result(experimentId).catch(() => undefined);
}

async function untilNoInjections(gameday: Gameday, log: (line: string) => void): Promise<void> {
  let told = '';
  for (;;) {
    const open = await gameday.openInjections();
    if (open.length === 0) return;
    const names = describe(open);
    if (names !== told) log(`waiting until ${names} is seen gone`);
    told = names;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

function describe(open: OpenInjection[]): string {
  return open.map((one) => `${one.injectionId} on ${one.lockKey}`).join(', ');
}

/** What the targets list, and what an open injection has not seen gone: a target that is away cannot be asked. */
async function remainingFaults(gameday: Gameday, folder: EnvironmentFolder): Promise<Remaining[]> {
  const [listed, held] = await Promise.all([listedFaults(folder), unseenGone(gameday)]);
  const ids = listed.map((one) => one.injectionId);
  return [...listed, ...held.filter((one) => !ids.includes(one.injectionId))];
}

async function listedFaults(folder: EnvironmentFolder): Promise<Remaining[]> {
  const env = { ...folder.source.env };
  const environments = folder.all().map((one) => forSweep(one, { catalogue: folder.catalogue, env }));
  const listing = listFaults(folder.catalogue.faults, environments);
  const { faults } = await answeredInTime(listing, listWithinMs).catch(() => ({ faults: [] }));
  return faults.map(({ injectionId, lockKey, notAfter }) => ({ injectionId, lockKey, notAfter }));
}

async function unseenGone(gameday: Gameday): Promise<Remaining[]> {
  const open = await gameday.openInjections().catch(() => []);
  const described = await Promise.all(open.map((one) => describeOpen(gameday, one)));
  return described.flatMap((one) => one ?? []);
}

/** Undefined for one that only keeps its lock until recovery is over. */
async function describeOpen(
  gameday: Gameday,
  { injectionId, experimentId, lockKey }: OpenInjection,
): Promise<Remaining | undefined> {
  const progress = await gameday.progress(experimentId).catch(() => undefined);
  const record = progress?.evidence.injections.find((one) => one.injectionId === injectionId);
  if (record?.rolledBackAt !== undefined) return undefined;
  return { injectionId, lockKey, notAfter: record?.notAfter ?? 'a time that could not be asked' };
}
