import { aHold } from '../fakes/evidence';
import type { Fakes } from '../harness/isolate/attempt';
import { workflowId } from '../../src/domain/workflow-id';
import { watching } from '../../workflows/messages';
import type { World } from '../workflows/world';

/** An observer that says it watches and then ends nothing itself, so that a fault ends only by what its injection does. */
export function deafObserver(calm: Fakes, world: () => World): Fakes['observe'] {
  return async (input, attempt) => {
    if (input.purpose !== 'hold') return calm.observe(input, attempt);
    const startedAt = attempt.now;
    for (const { lockKey, injectionId } of input.injections)
      world().temporal.signal(workflowId.injection(lockKey), watching, { injectionId });
    await attempt.sleepOrCancelled(input.forMs + 120_000);
    const { id, stepId = '' } = input;
    return aHold({ id, stepId, startedAt, endedAt: attempt.now, faults: [], end: 'stopped', reasons: ['it was over'] });
  };
}
