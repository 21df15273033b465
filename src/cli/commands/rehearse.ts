import { jsonOption, type Command } from '../command';
import type { Conclusion } from '../conclude';
import { variableOptions } from '../read-scenario';
import { runScenario } from '../run-scenario';
import { planText, surveyText } from '../text/plan-text';
import { summaryText } from '../text/summary-text';
import type { World } from '../world';

/** Runs a scenario with every fault replaced by the no-op. */
export const command: Command = {
  name: 'rehearse',
  summary: 'run a scenario with every fault replaced by the no-op',
  arguments: [{ name: 'file', description: 'the scenario' }],
  options: [...variableOptions, jsonOption],
  details:
    'The same workflow as "run": signals are read, targets are surveyed, the whole plan is printed, nothing is harmed.',
  examples: [
    'gameday rehearse scenarios/checkout-survives-payment-errors.yaml',
    'gameday rehearse scenario.yaml --json',
  ],
  run(world, input) {
    return runScenario(world, input, true, (conclusion) => print(world, conclusion, input.has('json')));
  },
};

function print({ output }: World, { summary, evidence }: Conclusion, isJson: boolean): void {
  const { plan, surveys, observations } = evidence;
  if (isJson) return output.json({ ...summary, plan, surveys, observations });
  const baseline = observations.filter((one) => one.purpose === 'baseline').flatMap((one) => one.summaries);
  const values = baseline.map(({ signal, value, unit }) => `  ${signal}: ${value ?? 'no data'} ${unit}`);
  const told = values.length === 0 ? [] : ['baseline:', ...values];
  output.result([planText(plan), surveyText(surveys), ...told].filter(Boolean).join('\n'));
  output.result(summaryText(summary, output.paint));
}
