import { refuseTargets } from '../../src/domain/blast-radius';
import type { ExperimentRun } from '../experiment-run';
import { control, injecting } from '../proxies';
import { Refusal } from '../refusal';

/** How long a survey may be tried before the experiment gives up. */
export const surveyWithinMs = 60_000;

/** Reads only: is everything there that keeps people safe, and what exactly would be harmed? */
export async function preflight(run: ExperimentRun): Promise<void> {
  const { plan, planHash, isRehearsal } = run.input;
  run.enter('preflight', `surveying the targets of ${plan.name}`);
  const reasons = await control.checkPreflight({ plan, planHash, isRehearsal });
  if (reasons.length > 0) throw new Refusal(reasons);
  const environment = plan.environment.name;
  const found = await injecting(environment, surveyWithinMs).surveyTargets({ environment, isRehearsal, plan });
  run.evidence.surveys = found.surveys;
  run.evidence.targetsHash = found.targetsHash;
  const refusals = refuseTargets(plan, found.surveys);
  if (refusals.length > 0) throw new Refusal(refusals);
}
