import type { EnvironmentFolder } from '../environments/environment-folder';
import { forSweep } from '../sweep/read-sweep-environments';
import { sweep } from '../sweep/sweep';
import type { SweepEnvironment } from '../sweep/sweep-environment';
import type { SweepReport } from '../sweep/sweep-report';

/** How the last sweep is made. */
export interface LastSweep {
  folder: EnvironmentFolder;
  /** The id of the namespace that our faults' tags name. */
  home: string;
  /** Whether every injection was seen gone before; if not, a target that cannot be asked may hold a fault. */
  isSeenThrough: boolean;
  log(line: string): void;
}

/** Whoever leaves in a hurry does not wait longer for a target that does not answer; with faults at stake, longer. */
const [hurriedMs, carefulMs] = [2_000, 10_000];

/**
 * Once no worker is left: removes every fault of ours, such as one that an experiment which stays open put into effect in
 * the last moment, and tells what it did. Returns in sentences what may be left.
 */
export async function removeUnwatched({ folder, home, isSeenThrough, log }: LastSweep): Promise<string[]> {
  const ownerOf = async () => 'not-ours' as const;
  const request = { drivers: folder.catalogue.faults, environments: environmentsOf(folder), now: Date.now };
  const timeoutMs = isSeenThrough ? hurriedMs : carefulMs;
  const report = await sweep({ ...request, homes: [home], ownerOf, timeoutMs });
  for (const { injectionId, lockKey, evidence } of report.removed)
    log(`removed ${injectionId} on ${lockKey}, which nobody watches any more: ${evidence}`);
  const lasting = folder.catalogue.faults.filter(({ capabilities }) => capabilities.expiry === 'none');
  return mayBeLeft(report, isSeenThrough ? lasting.map(({ kind }) => kind) : undefined);
}

/**
 * A kind that ends by itself and that cannot be asked leaves nothing to fear once every injection was seen gone; `lasting`
 * names the other kinds, and is undefined when nobody has seen them gone.
 */
function mayBeLeft({ failed, kept }: SweepReport, lasting: string[] | undefined): string[] {
  const unknown = failed.filter(
    ({ fault, injectionId }) => injectionId !== undefined || (lasting?.includes(fault) ?? true),
  );
  const drifted = kept.filter(({ state }) => state === 'drifted');
  return [
    ...unknown.map(({ environment, fault, injectionId, reason }) =>
      injectionId === undefined
        ? `${fault} in ${environment} could not be asked: ${reason}`
        : `${injectionId} (${fault} in ${environment}) could not be removed: ${reason}`,
    ),
    ...drifted.map(({ injectionId, lockKey, reason }) => `${injectionId} on ${lockKey} has ${reason}`),
  ];
}

/** Every environment with a valid file, its references resolved when a driver asks. */
export function environmentsOf(folder: EnvironmentFolder): SweepEnvironment[] {
  const env = { ...folder.source.env };
  return folder.all().map((one) => forSweep(one, { catalogue: folder.catalogue, env }));
}
