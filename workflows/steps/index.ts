import { sleep } from '@temporalio/workflow';
import type { PlannedStep } from '../../src/domain/step';
import type { ExperimentRun } from '../experiment-run';
import { holdFaults } from './hold-faults';

/** Carries out the plan's steps in order; the first that ends early ends them all. */
export async function steps(run: ExperimentRun): Promise<void> {
  const { length } = run.input.plan.steps;
  run.enter('steps', length === 1 ? 'carrying out the step' : `carrying out ${length} steps`);
  for (const step of run.input.plan.steps) await carryOut(run, step);
}

function carryOut(run: ExperimentRun, step: PlannedStep): Promise<void> {
  switch (step.kind) {
    case 'inject':
      return holdFaults(run, step.id, [step]);
    case 'parallel':
      return holdFaults(run, step.id, step.steps);
    case 'pause':
      return sleep(step.forMs, { summary: 'pause' });
  }
}
