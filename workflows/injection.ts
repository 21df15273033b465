import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { InjectionRecord } from '../src/domain/evidence';
import type { Injection } from '../src/domain/injection';
import { describeFailure, isRefusal } from './failure';
import type { InjectionInput } from './injection-input';
import { leaveNothingBehind } from './leave-nothing-behind';
import { Lock } from './lock';
import { injecting } from './proxies';

/** Steady state must have held over a window that ended at most this long before an inject. */
const steadyStateAgeMaxMs = 60_000;
/** An observer that is not watching by then means that nothing is injected. */
const watchingWithinMs = 30_000;

/**
 * One fault on the targets of one lock: admit, prepare, arm, inject, wait, roll back. Its workflow id is the lock.
 * Owns its rollback and its hard stop, so that it outlives its experiment being terminated, reset or stuck.
 */
export async function injection(input: InjectionInput): Promise<InjectionRecord> {
  const lock = new Lock(input);
  try {
    await lock.work.run(() => takeAndHold(input, lock));
  } catch (error) {
    note(lock, error);
  } finally {
    await CancellationScope.nonCancellable(() => leaveNothingBehind(input, lock));
  }
  return lock.record;
}

async function takeAndHold(input: InjectionInput, lock: Lock): Promise<void> {
  const { environment, isRehearsal } = input;
  const activities = injecting(environment, input.step.injectWithinMs);
  const admission = await activities.admitInjection({ ...input, request: lock.admission() });
  if (!admission.isAdmitted) return refuse(lock, admission.reason);
  const prepared = await activities.prepareFault({ environment, isRehearsal, prepared: preparedOf(input, lock) });
  lock.injection = prepared;
  lock.record.preparedAt = prepared.preparedAt;
  await activities.armFault({ environment, isRehearsal, injection: prepared });
  await lock.report();
  const refusal = await waitForObserver(input, lock);
  if (refusal !== undefined) return refuse(lock, refusal);
  await injectAndHold(input, lock, prepared);
}

async function waitForObserver(input: InjectionInput, lock: Lock): Promise<string | undefined> {
  if (!(await condition(() => lock.isWatched, watchingWithinMs, { summary: 'the observer watches' })))
    return `no observer was watching within ${watchingWithinMs / 1000} s`;
  const ageMs = Date.now() - Date.parse(input.steadyUntil);
  if (ageMs <= steadyStateAgeMaxMs) return undefined;
  return `steady state was last seen ${Math.round(ageMs / 1000)} s ago, at most ${steadyStateAgeMaxMs / 1000} s are allowed`;
}

async function injectAndHold(input: InjectionInput, lock: Lock, prepared: Injection): Promise<void> {
  const { environment, isRehearsal } = input;
  // A retry must not act on a steady state that has grown old meanwhile.
  const steadyForMs = Date.parse(input.steadyUntil) + steadyStateAgeMaxMs - Date.now();
  const { injectFault } = injecting(environment, Math.min(input.step.injectWithinMs, steadyForMs));
  lock.injectTriedAt = new Date(Date.now()).toISOString();
  const injected = await injectFault({ environment, isRehearsal, injection: prepared }).finally(() => {
    lock.injectEndedAt = new Date(Date.now()).toISOString();
  });
  lock.record.injectedAt = injected.injectedAt;
  lock.record.isActiveAfterInject = injected.status.state === 'active';
  await lock.report();
  if (await lock.stoppedBefore(lock.clocks.hardStopAt)) return;
  lock.record.isHardStopped = true;
  lock.stop('hard stop');
}

function preparedOf(input: InjectionInput, lock: Lock) {
  const { injectionId, experimentId, environment, lockKey, targets, step } = input;
  const { hardStopAt, notAfter } = lock.clocks;
  const names = { injectionId, experimentId, environment, lockKey, fault: step.fault };
  return { ...names, targets, params: step.params, leaseMs: step.leaseMs, hardStopAt, notAfter };
}

function refuse(lock: Lock, reason: string): void {
  lock.record.refusal = reason;
}

/** A stop cancels on purpose; that is neither a refusal nor an error. */
function note(lock: Lock, error: unknown): void {
  if (isCancellation(error)) return;
  if (isRefusal(error)) refuse(lock, describeFailure(error));
  else lock.record.error = describeFailure(error);
}
