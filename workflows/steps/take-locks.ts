import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { ExperimentRun } from '../experiment-run';
import type { InjectionInput } from '../injection-input';
import { control } from '../proxies';
import { Refusal } from '../refusal';

/** Takes every lock in order; one that is held refuses the step and names the holder. */
export async function takeLocks(run: ExperimentRun, inputs: InjectionInput[]): Promise<void> {
  for (const input of inputs) {
    try {
      await run.injections.start(input);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      await refuseHeld(run, input.lockKey);
    }
  }
}

/** The experiment's own id in a lock means that it was reset: that injection is stopped, and this run ends errored. */
async function refuseHeld(run: ExperimentRun, lockKey: string): Promise<never> {
  const holder = await control.findHolder(lockKey);
  if (holder?.experimentId !== run.input.experimentId)
    throw new Refusal([
      `${lockKey} is held by ${holder?.experimentId ?? 'an experiment that has just ended'}; try again when it is over`,
    ]);
  await run.injections.abortLeftOver(lockKey);
  throw new Error(`this experiment was reset while it held ${lockKey}; that injection is being rolled back`);
}
