import { CancellationScope } from '@temporalio/workflow';
import type { ExperimentInput, ExperimentResult } from '../src/domain/progress';
import { ExperimentRun } from './experiment-run';
import { approval } from './phases/approval';
import { baseline } from './phases/baseline';
import { preflight } from './phases/preflight';
import { recovery } from './phases/recovery';
import { rollback } from './phases/rollback';
import { verdict } from './phases/verdict';
import { steps } from './steps';

/**
 * One execution of one plan, phase by phase. It never holds a fault itself: each injection is a child that owns its
 * rollback. Whatever happens in the first part, the second part runs, and nothing can cancel it.
 */
export async function experiment(input: ExperimentInput): Promise<ExperimentResult> {
  const run = new ExperimentRun(input);
  try {
    await run.work.run(async () => {
      await preflight(run);
      await approval(run);
      await baseline(run);
      await steps(run);
    });
  } catch (error) {
    run.note(error);
  } finally {
    await CancellationScope.nonCancellable(async () => {
      await rollback(run);
      await recovery(run);
      await verdict(run);
    });
  }
  return run.result();
}
