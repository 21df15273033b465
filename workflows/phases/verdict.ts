import { allHandlersFinished, condition } from '@temporalio/workflow';
import { decideVerdict } from '../../src/domain/verdict';
import { describeFailure } from '../failure';
import { now } from '../experiment-run';
import type { ExperimentRun } from '../experiment-run';
import { storing } from '../proxies';

/** Decides from evidence alone, then waits for the store; nothing is in effect and nothing locked meanwhile. */
export async function verdict(run: ExperimentRun): Promise<void> {
  run.pass('verdict', 'deciding from the evidence');
  run.evidence.endedAt = now();
  run.endPhase();
  const evidence = run.collect();
  const outcome = decideVerdict(evidence);
  run.conclude(outcome);
  try {
    await storing(run.input.plan.storeWaitMaxMs).storeEvidence({ evidence, verdict: outcome });
  } catch (error) {
    run.unstored = `the evidence is not in the store: ${describeFailure(error)}`;
  }
  await condition(allHandlersFinished);
}
