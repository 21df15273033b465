import { exitCodes } from '../../domain/verdict';
import { jsonOption, type Command } from '../command';
import { conclude } from '../conclude';
import { requireApi } from '../find-api';
import { summaryText } from '../text/summary-text';
import { watchToEnd } from '../watch-to-end';

/** Shows an experiment as it happens. */
export const command: Command = {
  name: 'watch',
  summary: 'show an experiment as it happens, until its verdict',
  arguments: [{ name: 'experiment', description: 'the experiment' }],
  options: [jsonOption],
  details: 'Ctrl-C stops watching and leaves the experiment alone. Exits like "run".',
  examples: ['gameday watch checkout-survi-k3j9x2ab'],
  async run(world, input) {
    const id = input.argument('experiment');
    const api = await requireApi(world, `Could not watch ${id}`);
    const watched = await watchToEnd(world, api, id, 'leave');
    if (watched.kind === 'left') return exitCodes.aborted;
    const { summary, exitCode } = await conclude(world, api, id, watched);
    if (input.has('json')) world.output.json(summary);
    else world.output.result(summaryText(summary, world.output.paint));
    return exitCode;
  },
};
