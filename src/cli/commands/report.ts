import { reportFormats } from '../../report';
import { CliError } from '../cli-error';
import type { Command } from '../command';
import { readKept } from '../read-kept';
import { readStoredFile } from '../read-stored-file';
import { writeTextFile } from '../write-text-file';

/** Renders the report of an ended experiment. */
export const command: Command = {
  name: 'report',
  summary: 'render the report of an ended experiment',
  arguments: [{ name: 'experiment', description: 'the experiment' }],
  options: [
    {
      flags: '--format <format>',
      description: 'how to render it',
      choices: reportFormats.map(({ name }) => name),
      default: 'html',
    },
    { flags: '--output <file>', description: 'where to write it; default stdout' },
  ],
  details: 'Asks the API, or reads the store in this folder when nothing runs.',
  examples: [
    'gameday report checkout-survi-k3j9x2ab --output report.html',
    'gameday report checkout-survi-k3j9x2ab --format json | jq .verdict',
  ],
  async run(world, input) {
    const [id, formatName, file] = [input.argument('experiment'), input.requiredText('format'), input.text('output')];
    const format = reportFormats.find(({ name }) => name === formatName);
    if (!format)
      throw new CliError(
        'Could not render the report',
        `there is no format ${formatName}`,
        'See --help for all of them.',
      );
    const text = await readKept(world, {
      api: (api) => api.report(id, format.name),
      store: async (store) => format.render(await readStoredFile(store, id)),
    });
    if (file === undefined) return (world.output.document(text.trimEnd()), 0);
    await writeTextFile(file, text);
    world.output.note(`Wrote ${file}`);
    return 0;
  },
};
