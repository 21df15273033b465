import { CancellationScope, condition } from '@temporalio/workflow';
import type { Observation } from '../../src/domain/observation';
import type { InjectStep } from '../../src/domain/step';
import { now } from '../experiment-run';
import type { ExperimentRun } from '../experiment-run';
import type { InjectionInput } from '../injection-input';
import { baselineOf, seeSteadyState } from '../phases/baseline';
import { observing } from '../proxies';
import { Refusal, StepsEnded } from '../refusal';
import { injectionInputs } from './injection-inputs';
import { takeLocks } from './take-locks';

/** Older than this a baseline is taken again: it must still be young when the fault comes. */
const baselineAgeMaxMs = 30_000;

/** Puts the faults of one step into effect together, watches them for as long as the step says, and sees them gone. */
export async function holdFaults(run: ExperimentRun, stepId: string, steps: InjectStep[]): Promise<void> {
  await settleEarlier(run);
  const steady = freshBaseline(run) ?? (await seeSteadyState(run));
  const inputs = injectionInputs(run, steps, steady.endedAt);
  const ids = inputs.map((input) => input.injectionId);
  const { rollbackWithinMs } = run.input.plan;
  await handBackLocks(run, inputs);
  await takeLocks(run, inputs);
  await run.injections.armed(ids);
  endIfRefused(run, ids);
  const observation = await watchHold(run, stepId, steps, ids);
  await run.injections.endingSoon(ids);
  await run.injections.tellToEnd(ids, endOfHold(observation));
  await run.injections.untilGone(ids, rollbackWithinMs);
  endIfRefused(run, ids);
  if (observation.end === 'held' && run.injections.areGone(ids)) return;
  stopIfBlocked(run, observation);
  throw new StepsEnded();
}

/** Until a late inject is out of the question, an earlier step's fault may come back; one that did is followed by none. */
async function settleEarlier(run: ExperimentRun): Promise<void> {
  await run.injections.settled(run.input.plan.rollbackWithinMs);
  const ids = run.injections.records().map((record) => record.injectionId);
  if (!run.injections.areGone(ids)) throw new StepsEnded();
}

/** An earlier step's injection keeps its lock until the end of the experiment, unless a later step needs it. */
async function handBackLocks(run: ExperimentRun, inputs: InjectionInput[]): Promise<void> {
  const lockKeys = inputs.map((input) => input.lockKey);
  await run.injections.handBack(lockKeys, run.input.plan.rollbackWithinMs);
}

/** The first baseline serves the first injection, unless a pause made it old; every later one needs its own. */
function freshBaseline(run: ExperimentRun): Observation | undefined {
  if (run.injections.records().length > 0) return undefined;
  const last = run.evidence.observations.findLast((one) => one.purpose === 'baseline');
  return last && Date.now() - Date.parse(last.endedAt) <= baselineAgeMaxMs ? last : undefined;
}

function endIfRefused(run: ExperimentRun, ids: string[]): void {
  run.evidence.errors.push(...run.injections.errors(ids));
  const refusals = run.injections.refusals(ids);
  if (refusals.length > 0) throw new Refusal(refusals);
  if (run.injections.errors(ids).length > 0) throw new StepsEnded();
}

/** Watching ends early when an injection was terminated: then the observer itself rolls back what is left. */
async function watchHold(run: ExperimentRun, stepId: string, steps: InjectStep[], ids: string[]): Promise<Observation> {
  const scope = new CancellationScope();
  const guard = scope.run(() => condition(() => run.injections.isAnyLost(ids)));
  guard.then(
    () => scope.cancel(),
    () => undefined,
  );
  try {
    return run.observed(await scope.run(() => observe(run, stepId, steps, ids)));
  } finally {
    scope.cancel();
  }
}

function observe(run: ExperimentRun, stepId: string, steps: InjectStep[], ids: string[]): Promise<Observation> {
  const { plan, experimentId, isRehearsal } = run.input;
  const environment = plan.environment.name;
  const forMs = Math.max(...steps.map((step) => step.forMs));
  const injections = run.injections.prepared(ids);
  const asked = { id: `hold-${stepId}`, purpose: 'hold', stepId, forMs, environment, isRehearsal } as const;
  const lastsMs = forMs + Math.max(...steps.map((step) => step.injectWithinMs));
  return observing(environment, lastsMs).observe({
    ...asked,
    experimentId,
    plan,
    injections,
    baseline: baselineOf(run),
  });
}

function endOfHold(observation: Observation): string {
  return observation.end === 'held' ? 'the hold is over' : observation.reasons.join('; ');
}

function stopIfBlocked(run: ExperimentRun, observation: Observation): void {
  if (observation.end !== 'blocked') return;
  const reason = observation.reasons.join('; ');
  run.stop({ kind: 'blocker', by: { name: 'the environment', groups: [] }, reason, at: now() });
}
