import { CancellationScope, condition, log, setCurrentDetails, sleep } from '@temporalio/workflow';
import type { Injection, RollbackResult } from '../src/domain/injection';
import { describeFailure } from './failure';
import type { InjectionInput } from './injection-input';
import type { Lock } from './lock';
import { injectTimeoutMs, rollingBack } from './proxies';

/**
 * Rolls back whatever was prepared, tells the experiment, and keeps the lock until it is given back: by the experiment
 * after recovery, by a person, or when hard stop and recovery deadline are over. Runs where nothing can cancel it.
 */
export async function leaveNothingBehind(input: InjectionInput, lock: Lock): Promise<void> {
  lock.stop(lock.record.refusal ?? lock.record.error ?? 'ended');
  if (lock.injection) await rollBackUntilGone(input, lock, lock.injection);
  await Promise.all([lock.report(), lock.leave()]);
  if (!lock.injection) return;
  await settle(input, lock, lock.injection);
  await keepLock(input, lock);
}

async function rollBackUntilGone(input: InjectionInput, lock: Lock, injection: Injection): Promise<void> {
  const scope = new CancellationScope();
  const rollback = scope.run(() => rollBackOnce(input, injection));
  const alarm = scope.run(() => soundAlarm(input, lock)).catch(() => undefined);
  // A person's release ends a rollback that cannot succeed; one that has not been late yet goes on.
  const byHand = condition(() => lock.isReleased && lock.isLate).then(() => scope.cancel());
  byHand.catch(() => undefined);
  try {
    record(lock, await rollback);
  } catch (error) {
    // An attempt that was under way when the release came may end in its own error rather than cancelled.
    if (!lock.isReleased) throw error;
    lock.record.end = 'released';
  } finally {
    scope.cancel();
    await alarm;
  }
}

async function rollBackOnce(input: InjectionInput, injection: Injection): Promise<RollbackResult> {
  const { environment, isRehearsal } = input;
  return rollingBack(environment).rollBackFault({ environment, isRehearsal, injection });
}

/** A rollback that does not succeed is loud, and stays so until it does or a person releases it. */
async function soundAlarm(input: InjectionInput, lock: Lock): Promise<void> {
  await sleep(input.rollbackWithinMs, { summary: 'rollback is late' });
  const loud = `ROLLBACK OF ${input.injectionId} HAS NOT SUCCEEDED; ${input.lockKey} stays locked; still trying`;
  log.error(loud);
  setCurrentDetails(`${loud}. End it by hand only with: gameday release ${input.injectionId} --reason …`);
  lock.isLate = true;
  lock.record.error = `not seen gone within ${input.rollbackWithinMs / 1000} s; still trying`;
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

/** Where the target cannot refuse a late inject: outlast the last attempt, then make sure once more. */
async function settle(input: InjectionInput, lock: Lock, injection: Injection): Promise<void> {
  if (input.capabilities.hasFence || input.isRehearsal || lock.injectTriedAt === undefined || lock.isReleased) return;
  await sleep(injectTimeoutMs, { summary: 'a late inject would arrive by now' });
  await rollBackOnce(input, injection).catch((error: unknown) => {
    lock.record.error = describeFailure(error);
  });
}

async function keepLock(input: InjectionInput, lock: Lock): Promise<void> {
  const untilMs = Date.parse(lock.clocks.hardStopAt) + input.recoveryWithinMs;
  await condition(() => lock.isUnlocked || lock.isOrphan, Math.max(1, untilMs - Date.now()), {
    summary: 'lock kept until recovery',
  });
}
