import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError } from '../cli-error';
import type { Command } from '../command';
import { starterFiles } from '../starter-files';

/** Writes a scenario and an environment to start from. */
export const command: Command = {
  name: 'init',
  summary: 'write a scenario and an environment to start from',
  arguments: [{ name: 'folder', description: 'where; default here', isOptional: true }],
  details: 'Writes environments/local.yaml and scenarios/first.yaml, valid as they are, and never overwrites a file.',
  examples: ['gameday init', 'gameday init my-experiments'],
  async run(world, input) {
    const folder = input.optionalArgument('folder') ?? '.';
    for (const { path, text } of starterFiles) await writeNew(join(folder, path), text);
    const written = starterFiles.map(({ path }) => `  ${join(folder, path)}`);
    const inFolder = folder === '.' ? '' : `cd ${folder} && `;
    world.output.result(['Wrote', ...written, `Next: ${inFolder}gameday validate scenarios/first.yaml`].join('\n'));
    return 0;
  },
};

async function writeNew(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  if (existsSync(file)) {
    const why = 'there is one already, and it is not overwritten';
    throw new CliError(`Could not write ${file}`, why, 'Name another folder: gameday init FOLDER.');
  }
  await writeFile(file, text, { flag: 'wx' });
}
