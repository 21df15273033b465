import { answeredInTime } from '../api/ask';
import type { Gameday } from '../client/gameday';
import type { Stop } from '../domain/evidence';
import type { OpenInjection } from '../domain/progress';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { localOwnerName } from '../people/local-token';
import { listFaults } from '../server/fault-source';
import { forSweep } from '../sweep/read-sweep-environments';
import { sweep } from '../sweep/sweep';
import type { SweepEnvironment } from '../sweep/sweep-environment';

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
export function windDown(gameday: Gameday, folder: EnvironmentFolder, environments?: string[]) {
  const ours = limitedTo(gameday, environments);
  return {
    remaining: () => remainingFaults(ours, folder),
    async seeThrough({ keep = false, log = () => undefined }: WindDownOptions): Promise<void> {
      const told = new Set<string>();
      // Asked again, because somebody may have started one meanwhile.
      for (let ids = await toEnd(ours, keep, told); ids.length > 0; ids = await toEnd(ours, keep, told)) {
        log(`rolling back and ending ${ids.join(', ')}`);
        ids.forEach((id) => told.add(id));
        await Promise.all(ids.map((id) => endExperiment(gameday, id)));
      }
      await untilNoInjections(ours, log);
    },
    /** Once no worker is left: what an experiment that stays open put into effect in the last moment is removed. */
    async removeUnwatched(home: string): Promise<void> {
      const ownerOf = async () => 'not-ours' as const;
      const request = { drivers: folder.catalogue.faults, environments: environmentsOf(folder), now: Date.now };
      await sweep({ ...request, homes: [home], ownerOf, timeoutMs: listWithinMs });
    },
  };
}

/** On a cluster that others use too, only what belongs to the environments served here is anybody's to end here. */
function limitedTo(gameday: Gameday, environments: string[] | undefined): Gameday {
  if (environments === undefined) return gameday;
  return {
    ...gameday,
    openExperiments: () => gameday.openExperiments(environments),
    openInjections: async () =>
      (await gameday.openInjections()).filter((one) => environments.includes(one.environment)),
  };
}

async function toEnd(gameday: Gameday, keep: boolean, told: Set<string>): Promise<string[]> {
  const harmful = (await gameday.openInjections()).map((one) => one.experimentId);
  const open = keep ? [] : await gameday.openExperiments();
  return [...new Set([...harmful, ...open])].filter((id) => !told.has(id));
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
  const listing = listFaults(folder.catalogue.faults, environmentsOf(folder));
  const { faults } = await answeredInTime(listing, listWithinMs).catch(() => ({ faults: [] }));
  return faults.map(({ injectionId, lockKey, notAfter }) => ({ injectionId, lockKey, notAfter }));
}

function environmentsOf(folder: EnvironmentFolder): SweepEnvironment[] {
  const env = { ...folder.source.env };
  return folder.all().map((one) => forSweep(one, { catalogue: folder.catalogue, env }));
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
