import type { ExperimentRun } from '../experiment-run';

/** Ends every injection that is still open and waits until it is seen gone; what is late ends the experiment `errored`. */
export async function rollback(run: ExperimentRun): Promise<void> {
  const ids = run.injections.records().map((record) => record.injectionId);
  if (ids.length === 0) return;
  const areEnded = run.injections.areEnded(ids);
  run.pass('rollback', 'every fault is rolled back and seen gone');
  await run.injections.tellToEnd(ids, 'the experiment ends');
  // Only now: Temporal refuses a whole task when the namespace has lost a search attribute, and the message with it.
  if (!areEnded) run.show();
  await run.injections.untilGone(ids, run.input.plan.rollbackWithinMs);
  run.evidence.observations.forEach((observation) => run.injections.settleLost(observation));
}
