import { condition, setCurrentDetails } from '@temporalio/workflow';
import type { Injection, RollbackResult } from '../src/domain/injection';
import type { InjectionInput } from './injection-input';
import type { Lock } from './lock';
import { rollBackUntilGone } from './roll-back-until-gone';
import { mayArriveLate, settle } from './settle';

/**
 * Rolls back whatever was prepared, tells the experiment, and keeps the lock until it is given back: by the experiment
 * after recovery, by a person, or when hard stop and recovery deadline are over. Runs where nothing can cancel it.
 */
export async function leaveNothingBehind(input: InjectionInput, lock: Lock): Promise<void> {
  lock.stop(lock.record.refusal ?? lock.record.error ?? 'ended');
  const { injection } = lock;
  if (injection) await rollBack(input, lock, injection);
  if (injection && lock.record.isSettling) {
    await lock.report();
    await settle(input, lock, injection);
  }
  await Promise.all([lock.report(), lock.leave()]);
  if (injection) await keepLock(input, lock);
}

async function rollBack(input: InjectionInput, lock: Lock, injection: Injection): Promise<void> {
  const askedAtMs = Date.now();
  const result = await rollBackUntilGone(input, lock, injection);
  if (!result) return;
  record(lock, result);
  if (mayArriveLate(input, lock, askedAtMs)) lock.record.isSettling = true;
}

function record(lock: Lock, result: RollbackResult): void {
  const { record } = lock;
  record.rolledBackAt = new Date(Date.now()).toISOString();
  record.end = result.end;
  record.rollbackEvidence = result.evidence;
  if (result.foundActive && record.injectedAt === undefined && lock.injectTriedAt !== undefined)
    record.injectedAt = lock.injectTriedAt;
  record.isFoundActive = result.foundActive;
  if (result.hits !== undefined) record.hits = result.hits;
  if (result.seen !== undefined) record.seen = result.seen;
  setCurrentDetails(`Rolled back: ${result.end}. ${result.evidence}`);
}

async function keepLock(input: InjectionInput, lock: Lock): Promise<void> {
  const untilMs = Date.parse(lock.clocks.hardStopAt) + input.recoveryWithinMs;
  await condition(() => lock.isUnlocked || lock.isOrphan, Math.max(1, untilMs - Date.now()), {
    summary: 'lock kept until recovery',
  });
}
