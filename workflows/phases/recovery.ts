import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { workflowId } from '../../src/domain/workflow-id';
import { leave } from '../messages';
import type { ExperimentRun } from '../experiment-run';
import { observing } from '../proxies';
import { baselineOf } from './baseline';

/** Watches the system return to steady state by itself, then gives back every lock and the environment. */
export async function recovery(run: ExperimentRun): Promise<void> {
  try {
    await run.work.run(() => seeRecovery(run));
  } catch (error) {
    run.note(error);
  }
  await run.injections.settled(run.input.plan.rollbackWithinMs);
  await Promise.all([run.injections.unlock(), leaveEnvironment(run)]);
}

/** Only what was injected and is gone can be recovered from; a stop by a person ends the wait. */
async function seeRecovery(run: ExperimentRun): Promise<void> {
  // An inject that never answered may have done nothing, or may still arrive.
  if (lastRemoval(run) === undefined) await run.injections.settled(run.input.plan.rollbackWithinMs);
  const removedAt = lastRemoval(run);
  if (removedAt === undefined || run.evidence.stop) return;
  const { plan, experimentId, isRehearsal } = run.input;
  const forMs = plan.recovery.withinMs;
  run.enter('recovery', `waiting at most ${forMs / 1000} s for steady state`);
  const environment = plan.environment.name;
  const asked = { id: 'recovery', purpose: 'recovery', forMs, removedAt, injections: [] } as const;
  const observation = await observing(environment, forMs).observe({
    ...asked,
    injections: [],
    environment,
    isRehearsal,
    experimentId,
    plan,
    baseline: baselineOf(run),
  });
  run.observed(observation);
}

function lastRemoval(run: ExperimentRun): string | undefined {
  const records = run.collect().injections;
  const isHarmful = records.some((record) => record.preparedAt !== undefined && record.rolledBackAt === undefined);
  if (isHarmful || !records.some((record) => record.injectedAt !== undefined)) return undefined;
  return records
    .flatMap((record) => record.rolledBackAt ?? [])
    .sort()
    .at(-1);
}

async function leaveEnvironment(run: ExperimentRun): Promise<void> {
  if (!run.hasPlace) return;
  await getExternalWorkflowHandle(workflowId.environment(run.input.plan.environment.name))
    .signal(leave, { kind: 'experiment', id: run.input.experimentId })
    .catch(() => undefined);
}
