import type { EndedExperiment } from '../../api/answers';
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
    'Goes to the API, and straight to Temporal when the API does not answer. No worker has to be running for it to be ' +
    'taken. An experiment that had ended is no error; an id that nobody knows is.',
  examples: [
    'gameday abort checkout-survi-k3j9x2ab',
    'gameday abort checkout-survi-k3j9x2ab --reason "customers complain"',
  ],
  async run(world, input) {
    const id = input.argument('experiment');
    const { way, ended } = await stopExperiment(world, id, input.requiredText('reason'));
    if (input.has('json'))
      world.output.json({ experimentId: id, isAborting: !ended, way, ...(ended ? { ended } : {}) });
    else if (ended) world.output.result(endedText(id, ended));
    else world.output.result(`Told ${id} to abort. "gameday watch ${id}" shows the rollback.`);
    return 0;
  },
};

function endedText(id: string, { verdict, endedAt, openInjections }: EndedExperiment): string {
  const how = verdict === undefined ? 'without a verdict' : `with the verdict ${verdict}`;
  const when = endedAt ? ` at ${endedAt}` : '';
  const open = openInjections.map((one) => `its injection ${one} is still being rolled back`);
  const rest = open.length === 0 ? 'nothing was to stop' : `${open.join(', ')}; "gameday status" shows it`;
  return `${id} had ended ${how}${when}: ${rest}.`;
}
