import type { Person } from '../domain/person';
import type { Plan } from '../domain/plan';
import type { ExperimentInput } from '../domain/progress';
import type { StartedAnswer } from './answers';
import { ApiError } from './api-error';
import { answerWithinMs, askGameday, messageOf, storeOf } from './ask';
import { makeExperimentId } from './experiment-id';
import type { ApiParts, PlanRequest } from './parts';
import type { RouteTools } from './routes/route-tools';

/** Makes the plan and starts it in the name of a person. Errors: 422 with every problem, 503 when Temporal is away. */
export async function startExperiment(
  { parts, audit }: RouteTools,
  request: PlanRequest,
  by: Person,
): Promise<StartedAnswer> {
  const { plan, planHash } = await makePlan(parts, request);
  const experimentId = makeExperimentId(plan.name);
  const input = { experimentId, plan, planHash, startedBy: by, isRehearsal: request.isRehearsal ?? false };
  await askGameday(`Could not start experiment ${experimentId}`, () => startOnce(parts, input));
  noteStart(parts, input);
  audit.record({
    by: by.name,
    action: input.isRehearsal ? 'rehearse' : 'start',
    subject: experimentId,
    reason: plan.name,
  });
  return { experimentId, planHash, plan };
}

async function makePlan(parts: ApiParts, request: PlanRequest): Promise<{ plan: Plan; planHash: string }> {
  const made = await parts.plans.make(request);
  if ('plan' in made) return made;
  const count = made.problems.length === 1 ? '1 problem' : `${made.problems.length} problems`;
  const why = `the scenario has ${count}`;
  throw new ApiError(
    422,
    `Could not start ${request.file ?? 'the scenario'}`,
    why,
    helpWith(parts, made.areWritten),
    made.problems,
  );
}

function helpWith({ environments: { directory } }: ApiParts, areWritten: boolean | undefined): string {
  const validate = areWritten ? '; "gameday validate FILE" shows the same' : '';
  const folder = directory === undefined ? '' : ` The environments were read from ${directory}.`;
  return `Each problem says where it is and what was expected${validate}.${folder}`;
}

// A caller that was told "could not start" must not find it running later.
async function startOnce({ gameday, now, log }: ApiParts, input: ExperimentInput): Promise<void> {
  const askedAt = now().getTime();
  await gameday.start(input);
  if (now().getTime() - askedAt <= answerWithinMs) return;
  log(`Experiment ${input.experimentId} started after its caller had been told that it could not be; aborting it.`);
  const reason = 'its start took so long that the caller was told it had failed';
  await gameday
    .abort(input.experimentId, { kind: 'abort', by: input.startedBy, reason, at: now().toISOString() })
    .catch((error: unknown) => log(messageOf(error)));
}

// The list of experiments is a projection: it may miss one that the store did not take, the experiment goes on.
function noteStart(parts: ApiParts, { experimentId, plan, startedBy, isRehearsal }: ExperimentInput): void {
  const line = { experimentId, scenario: plan.name, environment: plan.environment.name, isRehearsal };
  const row = { ...line, startedBy: startedBy.name, startedAt: parts.now().toISOString() };
  void Promise.resolve()
    .then(() => storeOf(parts).saveExperiment(row))
    .catch((error: unknown) =>
      parts.log(`Could not list experiment ${experimentId} in the store: ${messageOf(error)}`),
    );
}
