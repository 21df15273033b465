import { join, resolve } from 'node:path';
import type { Command } from '../command';
import { starterFiles } from '../starter-files';
import { writeTextFile } from '../write-text-file';

/** Writes a scenario and an environment to start from. */
export const command: Command = {
  name: 'init',
  summary: 'write a scenario and an environment to start from',
  arguments: [{ name: 'folder', description: 'where; default here', isOptional: true }],
  details: 'Writes environments/local.yaml and scenarios/first.yaml, valid as they are, and never overwrites a file.',
  examples: ['gameday init', 'gameday init my-experiments'],
  async run(world, input) {
    const folder = input.optionalArgument('folder') ?? '.';
    const options = { isNew: true, inNewFolder: true, elsewhere: 'Name another folder: "gameday init FOLDER".' };
    for (const { path, text } of starterFiles) await writeTextFile(join(folder, path), text, options);
    const written = starterFiles.map(({ path }) => `  ${join(folder, path)}`);
    const inFolder = folder === '.' ? '' : `cd ${folder} && `;
    const next = `Next: ${inFolder}${world.commandWordIn(resolve(folder))} validate scenarios/first.yaml`;
    world.output.result(['Wrote', ...written, next].join('\n'));
    return 0;
  },
};
