import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { ControlActivities, InjectActivities, WatchActivities } from '../activities/contract';
import { failureType } from '../src/domain/failure-type';
import { taskQueue } from '../src/domain/workflow-id';

const nonRetryableErrorTypes = [failureType.refused, failureType.invalid];

/** Light work; a few seconds of trouble are ridden out, then it is an error. */
export const control = proxyActivities<Omit<ControlActivities, 'storeEvidence' | 'openSeal'>>({
  taskQueue: taskQueue.control,
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '60s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s', nonRetryableErrorTypes },
});

/** A broken seal is final. Local, since comparing one asks nobody and takes no time: a decision costs one event for it. */
export const seals = proxyLocalActivities<Pick<ControlActivities, 'openSeal'>>({
  startToCloseTimeout: '5s',
  scheduleToCloseTimeout: '20s',
  retry: { nonRetryableErrorTypes },
});

/** Waits for the store as long as the plan allows; nothing is in effect and nothing locked meanwhile. */
export function storing(waitMaxMs: number): Pick<ControlActivities, 'storeEvidence'> {
  return proxyActivities<Pick<ControlActivities, 'storeEvidence'>>({
    taskQueue: taskQueue.control,
    startToCloseTimeout: '20s',
    scheduleToCloseTimeout: Math.max(waitMaxMs, 1_000),
    retry: { initialInterval: '500ms', backoffCoefficient: 1.5, maximumInterval: '5s' },
  });
}

/** Work at the targets, each call short; ends for good when its time is over. */
export function injecting(environment: string, withinMs: number): Omit<InjectActivities, 'rollBackFault'> {
  return proxyActivities<Omit<InjectActivities, 'rollBackFault'>>({
    taskQueue: taskQueue.inject(environment),
    startToCloseTimeout: injectTimeoutMs,
    scheduleToCloseTimeout: Math.max(withinMs, 1_000),
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '500ms', backoffCoefficient: 1.5, maximumInterval: '5s', nonRetryableErrorTypes },
  });
}

/** One attempt of any call at a target may take this long. */
export const injectTimeoutMs = 15_000;

/** Rollback is tried for ever. */
export function rollingBack(environment: string): Pick<InjectActivities, 'rollBackFault'> {
  return proxyActivities<Pick<InjectActivities, 'rollBackFault'>>({
    taskQueue: taskQueue.inject(environment),
    startToCloseTimeout: '20s',
    retry: { initialInterval: '500ms', backoffCoefficient: 1.5, maximumInterval: '5s' },
  });
}

/** Watching: heartbeats tell within seconds that a worker is gone, and another one goes on at once; but not for ever. */
export function observing(environment: string, lastsMs: number): WatchActivities {
  return proxyActivities<WatchActivities>({
    taskQueue: taskQueue.watch(environment),
    startToCloseTimeout: lastsMs + 120_000,
    scheduleToCloseTimeout: lastsMs + 120_000,
    heartbeatTimeout: '6s',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '200ms', backoffCoefficient: 1, nonRetryableErrorTypes },
  });
}
