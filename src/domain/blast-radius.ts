import { injectStepsOf } from './step';
import type { Plan } from './plan';
import type { StepSurvey } from './survey';

/** Why the surveyed targets may not be harmed by this plan, each with its numbers; empty when they may. */
export function refuseTargets(plan: Plan, surveys: StepSurvey[]): string[] {
  return [
    ...surveys.flatMap((survey) => survey.refusals),
    ...surveys.flatMap((survey) => noTargets(survey)),
    ...tooManyTargets(plan, surveys),
    ...surveys.flatMap((survey) => tooMuchTraffic(plan, survey)),
    ...plan.steps.flatMap((step) =>
      sharedLocks(
        injectStepsOf(step).map((inject) => inject.id),
        surveys,
      ),
    ),
  ];
}

function noTargets(survey: StepSurvey): string[] {
  if (survey.targets.length > 0 || survey.refusals.length > 0) return [];
  return [`step ${survey.stepId} (${survey.fault}) selects none of ${survey.total} targets`];
}

function tooManyTargets(plan: Plan, surveys: StepSurvey[]): string[] {
  const max = Math.min(plan.blastRadius.targetsMax, plan.environment.limits.targetsMax);
  const chosen = new Set(surveys.flatMap((survey) => survey.targets.map((target) => target.identity)));
  return chosen.size > max ? [`${chosen.size} targets are selected, at most ${max} are allowed (targetsMax)`] : [];
}

function tooMuchTraffic(plan: Plan, survey: StepSurvey): string[] {
  const max = Math.min(plan.blastRadius.trafficPercentMax, plan.environment.limits.trafficPercentMax);
  if (survey.trafficPercent <= max) return [];
  return [
    `step ${survey.stepId} can reach ${survey.trafficPercent} % of the traffic, at most ${max} % are allowed (trafficPercentMax)`,
  ];
}

function sharedLocks(stepIds: string[], surveys: StepSurvey[]): string[] {
  const group = surveys.filter((survey) => stepIds.includes(survey.stepId));
  const locks = group.flatMap((survey) => [...new Set(survey.targets.map((target) => target.lockKey))]);
  const shared = [...new Set(locks.filter((lock, index) => locks.indexOf(lock) !== index))];
  return shared.map((lock) => `two steps of one parallel group would harm ${lock}; a target takes one fault at a time`);
}
