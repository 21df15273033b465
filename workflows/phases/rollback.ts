import type { ExperimentRun } from '../experiment-run';

/** Ends every injection that is still open and waits until it is seen gone; what is late ends the experiment `errored`. */
export async function rollback(run: ExperimentRun): Promise<void> {
  const ids = run.injections.records().map((record) => record.injectionId);
  if (ids.length === 0) return;
  const details = 'every fault is rolled back and seen gone';
  if (run.injections.areEnded(ids)) run.pass('rollback', details);
  else run.enter('rollback', details);
  await run.injections.rollBack(ids, 'the experiment ends', run.input.plan.rollbackWithinMs);
  run.evidence.observations.forEach((observation) => run.injections.settleLost(observation));
}
