import type { Command } from '../command';
import { decide, decisionOptions } from '../decide';

/** Says no to an experiment that waits. */
export const command: Command = {
  name: 'reject',
  summary: 'say no to an experiment that waits for approval',
  arguments: [{ name: 'experiment', description: 'the experiment' }],
  options: decisionOptions,
  details:
    'Shows the plan and the surveyed targets. The decision names both by their hashes and is void when either changes; ' +
    'it is taken in the name of the owner of your token.',
  examples: [
    'gameday reject checkout-survi-k3j9x2ab --reason "not during the sale"',
    'gameday reject checkout-survi-k3j9x2ab --reason "not during the sale" --plan-hash 5f2c… --targets-hash 91ab…',
  ],
  run: (world, input) => decide(world, input, 'reject'),
};
