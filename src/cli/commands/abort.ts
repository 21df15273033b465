import { jsonOption, type Command } from '../command';
import { stopExperiment } from '../stop-experiment';

/** Stops one experiment. */
export const command: Command = {
  name: 'abort',
  summary: 'stop an experiment and roll its faults back at once',
  arguments: [{ name: 'experiment', description: 'the experiment' }],
  options: [
    {
      flags: '--reason <text>',
      description: 'why, for the audit and the report',
      default: 'aborted on the command line',
    },
    jsonOption,
  ],
  details:
    'Goes to the API, and straight to Temporal when the API does not answer. No worker has to be running for it to be taken.',
  examples: [
    'gameday abort checkout-survi-k3j9x2ab',
    'gameday abort checkout-survi-k3j9x2ab --reason "customers complain"',
  ],
  async run(world, input) {
    const id = input.argument('experiment');
    const way = await stopExperiment(world, id, input.requiredText('reason'));
    if (input.has('json')) world.output.json({ experimentId: id, isAborting: true, way });
    else world.output.result(`Told ${id} to abort. "gameday watch ${id}" shows the rollback.`);
    return 0;
  },
};
