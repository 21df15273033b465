import type { Progress } from '../domain/progress';
import type { World } from './world';

/** A fault that may still be in effect. */
export interface RemainingFault {
  injectionId: string;
  lockKey: string;
  notAfter: string;
}

/** The faults that an experiment had not seen gone when it was last heard of. */
export function remainingIn(progress: Progress | undefined): RemainingFault[] {
  const open = (progress?.evidence.injections ?? []).filter(
    ({ end, preparedAt }) => preparedAt !== undefined && end === undefined,
  );
  return open.map(({ injectionId, lockKey, notAfter }) => ({
    injectionId,
    lockKey,
    notAfter: notAfter ?? 'an unknown time',
  }));
}

/** Says which faults remain and when each expires at the latest, and who could not be asked: nothing heard is not nothing left. */
export function tellRemaining({ output }: World, faults: RemainingFault[], troubles: string[] = []): void {
  if (faults.length + troubles.length === 0) return output.note('No fault is known to be in effect.');
  for (const { injectionId, lockKey, notAfter } of faults)
    output.note(`Still there: ${injectionId} on ${lockKey}; it expires at ${notAfter} at the latest.`);
  for (const trouble of troubles) output.note(`Could not be asked: ${trouble}.`);
  tellHelp(output);
}

/** Says what may be left after everything was stopped; returns whether anything may. */
export function tellLeft({ output }: World, left: string[]): boolean {
  for (const one of left) output.note(`A fault may be left: ${one}.`);
  if (left.length > 0) tellHelp(output);
  return left.length > 0;
}

function tellHelp(output: World['output']): void {
  output.note('"gameday faults" asks the targets, "gameday sweep --all" removes them with the drivers alone.');
}
