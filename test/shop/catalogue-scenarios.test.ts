import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { diskReader } from '../../src/environments/disk-reader';
import { loadEnvironments } from '../../src/environments/load-environments';
import { validateFiles } from '../../src/scenario/validate-files';
import { readExpected } from '../scenarios/expected';

const yamlIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && name !== 'expected.yaml')
    .map((name) => join(folder, name));

const everywhere = Object.entries(readExpected()).flatMap(([name, entry]) =>
  Array.isArray(entry) ? [join('scenarios', name)] : [],
);

test.each([
  ['environments', everywhere],
  ['environments/servers', yamlIn('scenarios')],
])('the scenarios for the folder %s are valid there, and nothing has to run for it', (folder, scenarios) => {
  const { environments, problems } = loadEnvironments(folder, catalogue);
  expect(problems).toEqual([]);
  const files = [...scenarios, ...yamlIn(folder)];
  expect(files.length).toBeGreaterThan(3);
  expect(validateFiles(files, { catalogue, environments, reader: diskReader })).toEqual([]);
});
