import { targetsByLock } from '../../src/domain/fault-driver';
import type { InjectStep } from '../../src/domain/step';
import type { StepSurvey } from '../../src/domain/survey';
import { injectionIdOf } from '../../src/domain/workflow-id';
import type { ExperimentRun } from '../experiment-run';
import type { InjectionInput } from '../injection-input';

/** One injection per lock of these steps, locks in sorted order so that two experiments never wait for each other. */
export function injectionInputs(run: ExperimentRun, steps: InjectStep[], steadyUntil: string): InjectionInput[] {
  const inputs = steps.flatMap((step) => inputsOf(run, step, steadyUntil));
  return inputs.sort((left, right) => (left.lockKey < right.lockKey ? -1 : 1));
}

function inputsOf(run: ExperimentRun, step: InjectStep, steadyUntil: string): InjectionInput[] {
  const survey = run.evidence.surveys.find((one) => one.stepId === step.id);
  if (!survey) return [];
  return targetsByLock(survey.targets).map(([lockKey, targets], index) => ({
    ...common(run, survey),
    injectionId: injectionIdOf(run.input.experimentId, step.id, index),
    lockKey: run.input.isRehearsal ? `rehearsal:${run.input.experimentId}:${lockKey}` : lockKey,
    targets,
    step,
    steadyUntil,
  }));
}

function common(run: ExperimentRun, { capabilities }: StepSurvey) {
  const { plan, experimentId, isRehearsal, hasSearchAttributes } = run.input;
  return {
    ...(hasSearchAttributes === undefined ? {} : { hasSearchAttributes }),
    experimentId,
    isRehearsal,
    capabilities,
    environment: plan.environment.name,
    blockers: plan.environment.blockers,
    concurrentInjectionsMax: plan.environment.limits.concurrentInjectionsMax,
    rollbackWithinMs: plan.rollbackWithinMs,
    recoveryWithinMs: plan.recovery.withinMs,
  };
}
