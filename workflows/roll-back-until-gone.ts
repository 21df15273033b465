import { CancellationScope, condition, log, setCurrentDetails, sleep } from '@temporalio/workflow';
import type { Injection, RollbackResult } from '../src/domain/injection';
import type { InjectionInput } from './injection-input';
import type { Lock } from './lock';
import { rollingBack } from './proxies';

/** Rolls back until the target says that the fault is gone; undefined when a person's release ended it first. */
export async function rollBackUntilGone(
  input: InjectionInput,
  lock: Lock,
  injection: Injection,
): Promise<RollbackResult | undefined> {
  const { environment, isRehearsal } = input;
  const scope = new CancellationScope();
  const rollback = scope.run(() => rollingBack(environment).rollBackFault({ environment, isRehearsal, injection }));
  const alarm = scope.run(() => soundAlarm(input, lock)).catch(() => undefined);
  // A person's release ends a rollback that cannot succeed; one that has not been late yet goes on.
  const byHand = condition(() => lock.isReleased && lock.isLate).then(() => scope.cancel());
  byHand.catch(() => undefined);
  try {
    return await rollback;
  } catch (error) {
    // An attempt that was under way when the release came may end in its own error rather than cancelled.
    if (!lock.isReleased) throw error;
    lock.record.end = 'released';
    return undefined;
  } finally {
    scope.cancel();
    await alarm;
  }
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
