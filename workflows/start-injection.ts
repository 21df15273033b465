import { CancellationScope, ChildWorkflowCancellationType, ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { ChildWorkflowHandle } from '@temporalio/workflow';
import type { InjectionRecord } from '../src/domain/evidence';
import { workflowId } from '../src/domain/workflow-id';
import type { injection } from './injection';
import type { InjectionInput } from './injection-input';
import { searchAttributes } from './search-attributes';

/** Starts an injection as a child whose id is the lock; a stop never cuts the start short. */
export function startInjection(input: InjectionInput): Promise<ChildWorkflowHandle<typeof injection>> {
  return CancellationScope.nonCancellable(() =>
    startChild<typeof injection>('injection', {
      workflowId: workflowId.injection(input.lockKey),
      args: [input],
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      staticSummary: `${input.step.fault} on ${input.lockKey} for ${input.experimentId}`,
      memo: memoOf(input),
      ...(input.hasSearchAttributes === false ? {} : { typedSearchAttributes: attributesOf(input) }),
    }),
  );
}

function attributesOf({ experimentId, environment, lockKey }: InjectionInput) {
  return [
    { key: searchAttributes.experiment, value: experimentId },
    { key: searchAttributes.environment, value: environment },
    { key: searchAttributes.lock, value: lockKey },
  ];
}

/** What is known of an injection before it says anything. */
export function blankRecord(input: InjectionInput): InjectionRecord {
  return {
    injectionId: input.injectionId,
    stepId: input.step.id,
    fault: input.step.fault,
    lockKey: input.lockKey,
    targets: input.targets.map((target) => target.identity),
    countsHits: input.capabilities.countsHits,
    effectSeen: false,
  };
}

/** What tells the holder of a lock without a worker. */
function memoOf({ injectionId, experimentId, environment, step }: InjectionInput): Record<string, string> {
  return { injectionId, experimentId, environment, fault: step.fault };
}
