import { CancellationScope } from '@temporalio/workflow';
import { refuseTargets } from '../../src/domain/blast-radius';
import type { InjectActivities } from '../../activities/contract';
import type { StepSurvey } from '../../src/domain/survey';
import type { ExperimentRun } from '../experiment-run';
import { endLeftOvers } from '../left-over';
import { control, injecting } from '../proxies';
import { Refusal } from '../refusal';

/** How long a survey may be tried before the experiment gives up. */
const surveyWithinMs = 60_000;

/** Reads only: is everything there that keeps people safe, and what exactly would be harmed? */
export async function preflight(run: ExperimentRun): Promise<void> {
  const { plan, planHash, isRehearsal } = run.input;
  // An experiment that shows no phase is in its first.
  run.pass('preflight', `surveying the targets of ${plan.name}`);
  const surveying = new CancellationScope();
  const survey = surveying.run(() => surveyTargets(run));
  survey.catch(() => undefined);
  const reasons = await control.checkPreflight({ plan, planHash, isRehearsal });
  if (reasons.length > 0) {
    surveying.cancel();
    throw new Refusal(reasons);
  }
  const found = await survey;
  run.evidence.surveys = found.surveys;
  run.evidence.targetsHash = found.targetsHash;
  const refusals = refuseTargets(plan, found.surveys);
  if (refusals.length === 0) return;
  await endLeftOvers(run, locksOf(found.surveys));
  throw new Refusal(refusals);
}

/** A target may be refused because of our own fault: the one of a run before a reset. */
function locksOf(surveys: StepSurvey[]): string[] {
  return [...new Set(surveys.flatMap((survey) => survey.targets.map((target) => target.lockKey)))].sort();
}

/** Asks every driver what it would harm; nothing is touched. */
export function surveyTargets(run: ExperimentRun): ReturnType<InjectActivities['surveyTargets']> {
  const { plan, isRehearsal } = run.input;
  const environment = plan.environment.name;
  return injecting(environment, surveyWithinMs).surveyTargets({ environment, isRehearsal, plan });
}
