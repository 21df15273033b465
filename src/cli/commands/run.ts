import { jsonOption, type Command } from '../command';
import { variableOptions } from '../read-scenario';
import { runScenario } from '../run-scenario';
import { summaryText } from '../text/summary-text';

/** Runs a scenario to its verdict. */
export const command: Command = {
  name: 'run',
  summary: 'run a scenario as an experiment and wait for its verdict',
  arguments: [{ name: 'file', description: 'the scenario' }],
  options: [...variableOptions, jsonOption],
  details:
    'Uses the API of GAMEDAY_URL, or the one that runs in this folder, or brings everything up for this one experiment. ' +
    'The first Ctrl-C aborts the experiment and waits for the rollback; the second leaves and says which faults remain.\n\n' +
    'Exit codes: 0 passed, 1 failed, 2 errored or a mistake in scenario or usage, 3 refused, 4 aborted, 5 inconclusive.',
  examples: [
    'gameday run scenarios/checkout-survives-payment-errors.yaml',
    'gameday run scenario.yaml --var percent=20 --json > result.json',
  ],
  run(world, input) {
    return runScenario(world, input, false, ({ summary }) => {
      if (input.has('json')) world.output.json(summary);
      else world.output.result(summaryText(summary, world.output.paint));
    });
  },
};
