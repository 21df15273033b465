import { CancellationScope } from '@temporalio/workflow';
import type { Observation } from '../../src/domain/observation';
import type { Baseline } from '../../src/domain/watch';
import type { ExperimentRun } from '../experiment-run';
import { control, observing } from '../proxies';
import { Refusal } from '../refusal';

/** Takes the environment's place for an experiment, then proves that the system is in steady state. */
export async function baseline(run: ExperimentRun): Promise<void> {
  run.enter('baseline', 'watching steady state before anything is touched');
  const { plan, experimentId } = run.input;
  const { name, limits } = plan.environment;
  const holder = { id: experimentId, experimentId, since: run.evidence.startedAt };
  const request = { kind: 'experiment', holder, max: limits.concurrentExperimentsMax } as const;
  run.hasPlace = true;
  const admission = await CancellationScope.nonCancellable(() =>
    control.admitToEnvironment({ environment: name, request }),
  );
  if (!admission.isAdmitted) throw new Refusal([admission.reason]);
  await seeSteadyState(run);
}

/** Watches until steady state has held for as long as the plan asks; anything unknown refuses. */
export async function seeSteadyState(run: ExperimentRun): Promise<Observation> {
  const { plan, experimentId, isRehearsal } = run.input;
  const { forMs } = plan.steadyState;
  const id = `baseline-${run.evidence.observations.filter((one) => one.purpose === 'baseline').length + 1}`;
  const environment = plan.environment.name;
  const asked = { id, purpose: 'baseline', forMs, environment, isRehearsal, experimentId, plan } as const;
  const observation = run.observed(
    await observing(environment, forMs).observe({ ...asked, baseline: {}, injections: [] }),
  );
  if (observation.end !== 'held') throw new Refusal(observation.reasons);
  return observation;
}

/** The values of steady state that relative tolerances refer to: those of the first baseline. */
export function baselineOf(run: ExperimentRun): Baseline {
  return run.evidence.observations.find((one) => one.purpose === 'baseline')?.baseline ?? {};
}
