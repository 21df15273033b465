import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { ExperimentRun } from '../experiment-run';
import type { InjectionInput } from '../injection-input';
import { endLeftOvers } from '../left-over';
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

async function refuseHeld(run: ExperimentRun, lockKey: string): Promise<never> {
  await endLeftOvers(run, [lockKey]);
  const holder = await control.findHolder(lockKey);
  throw new Refusal([
    `${lockKey} is held by ${holder?.experimentId ?? 'an experiment that has just ended'}; try again when it is over`,
  ]);
}
