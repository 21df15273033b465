import { ApplicationFailure } from '@temporalio/common';
import { admitOrFree } from '../../activities/admit';
import type { Orchestrator } from '../../activities/tools';
import type { Evidence } from '../../src/domain/evidence';
import { failureType } from '../../src/domain/failure-type';
import { injectStepsOf } from '../../src/domain/step';
import type { Verdict } from '../../src/domain/verdict';
import { aSurvey } from '../fakes/plan';
import type { Fakes } from '../harness/isolate/attempt';
import type { FakeObserver } from './fake-observer';
import type { FakeTarget } from './fake-target';

export const goodSeal = 'sealed by the API';

/** Activities that succeed at once, over a target that keeps the truth. */
export function fakeActivities(
  orchestrator: Orchestrator,
  target: FakeTarget,
  observer: FakeObserver,
  stored: { evidence: Evidence; verdict: Verdict }[],
): Fakes {
  const capabilities = { ...aSurvey().capabilities, hasFence: target.features.hasFence };
  return {
    checkPreflight: async () => [],
    admitToEnvironment: ({ environment, request }) => admitOrFree(orchestrator, environment, request),
    findHolder: (lockKey) => orchestrator.findHolder(lockKey),
    async openSeal({ seal }) {
      if (seal !== goodSeal) throw ApplicationFailure.nonRetryable('the seal is broken', failureType.refused);
    },
    remindApprovers: async () => undefined,
    storeEvidence: async (one) => void stored.push(one),
    async surveyTargets({ plan }) {
      const surveys = plan.steps.flatMap(injectStepsOf).map(({ id, fault, target: selector }) => {
        const { service = 'payment' } = Object(selector) as { service?: string };
        const names = { identity: `sdk:${service}/charge`, lockKey: `sdk:${service}`, description: service };
        return aSurvey({ stepId: id, fault, capabilities, targets: [{ ...names, facts: selector }] });
      });
      return { surveys, targetsHash: 'targets-1' };
    },
    admitInjection: ({ environment, request }) => admitOrFree(orchestrator, environment, request),
    prepareFault: async ({ prepared }, attempt) => ({
      ...prepared,
      home: 'this-namespace',
      originals: null,
      preparedAt: attempt.now,
    }),
    armFault: async ({ injection }) => target.arm(injection),
    async injectFault({ injection }, attempt) {
      target.inject(injection);
      return { injectedAt: attempt.now, status: target.status(injection) };
    },
    rollBackFault: async ({ injection }) => target.rollBack(injection),
    observe: (input, attempt) => observer.observe(input, attempt),
  };
}
