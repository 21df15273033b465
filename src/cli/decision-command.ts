import type { Command } from './command';
import { decide, decisionOptions } from './decide';

/** What tells the two decisions apart. */
interface DecisionVerb {
  name: 'approve' | 'reject';
  summary: string;
  /** A reason as a person would give it, for the examples. */
  reason: string;
}

/** The verb of one decision; both show the same, ask the same and are taken by the same person. */
export function decisionCommand({ name, summary, reason }: DecisionVerb): Command {
  const example = `gameday ${name} checkout-survi-k3j9x2ab --reason "${reason}"`;
  return {
    name,
    summary,
    arguments: [{ name: 'experiment', description: 'the experiment' }],
    options: decisionOptions,
    details:
      'Shows the plan and the surveyed targets. The decision names both by their hashes and is void when either changes; ' +
      'it is taken in the name of the owner of your token.',
    examples: [example, `${example} --plan-hash 5f2c… --targets-hash 91ab…`],
    run: (world, input) => decide(world, input, name),
  };
}
