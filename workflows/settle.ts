import { condition, setCurrentDetails } from '@temporalio/workflow';
import type { Injection, RollbackResult } from '../src/domain/injection';
import type { InjectionInput } from './injection-input';
import type { Lock } from './lock';
import { injectTimeoutMs } from './proxies';
import { rollBackUntilGone } from './roll-back-until-gone';

/** Whether an attempt to inject may still arrive after a rollback that was asked for at this instant. */
export function mayArriveLate({ capabilities, isRehearsal }: InjectionInput, lock: Lock, askedAtMs: number): boolean {
  return !capabilities.hasFence && !isRehearsal && lock.injectEndedAt !== undefined && askedAtMs < lateUntilMs(lock);
}

/**
 * Where the target cannot refuse a late inject: outlasts the last attempt and looks again, until a look finds nothing. A
 * person's release ends it; whoever said it, what is found afterwards is the sweep's.
 */
export async function settle(input: InjectionInput, lock: Lock, injection: Injection): Promise<void> {
  let untilMs = lateUntilMs(lock);
  while (lock.record.isSettling) {
    if (await isReleasedBefore(lock, untilMs)) lock.record.end = 'released';
    else noteLook(lock, await rollBackUntilGone(input, lock, injection));
    if (lock.record.end === 'released') delete lock.record.isSettling;
    untilMs = Date.now() + injectTimeoutMs;
  }
}

function lateUntilMs({ injectEndedAt }: Lock): number {
  return injectEndedAt === undefined ? 0 : Date.parse(injectEndedAt) + injectTimeoutMs;
}

function isReleasedBefore(lock: Lock, untilMs: number): Promise<boolean> {
  setCurrentDetails('Rolled back; the lock is kept until a late inject would have arrived');
  const leftMs = Math.max(1, untilMs - Date.now());
  return condition(() => lock.isReleased, leftMs, { summary: 'a late inject would arrive by now' });
}

/** What was found in effect once may be followed by the next late attempt, so only a look that finds nothing settles it. */
function noteLook({ record, injectTriedAt }: Lock, found: RollbackResult | undefined): void {
  if (!found) return;
  if (found.end !== record.end && record.end !== 'drifted') record.end = found.end;
  if (!found.foundActive) {
    delete record.isSettling;
    return;
  }
  const foundAt = new Date(Date.now()).toISOString();
  record.cameBackAt ??= foundAt;
  record.rolledBackAt = foundAt;
  if (injectTriedAt !== undefined) record.injectedAt ??= injectTriedAt;
  record.rollbackEvidence = `${record.rollbackEvidence ?? ''}; came back by a late inject and was removed again: ${found.evidence}`;
}
