import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { diskReader } from '../../src/environments/disk-reader';
import { loadEnvironments } from '../../src/environments/load-environments';
import { formatProblem } from '../../src/scenario/problem';
import { validateFiles } from '../../src/scenario/validate-files';
import { readExpected } from '../scenarios/expected';

const root = join(__dirname, '..', '..');
const notScenarios = ['expected.yaml'];

const shipped = readdirSync(join(root, 'scenarios')).filter(
  (name) => /\.ya?ml$/.test(name) && !notScenarios.includes(name),
);

/** The folder of environments that a scenario is for. */
function folderOf(name: string): string {
  const entry = readExpected()[name];
  return entry === undefined || Array.isArray(entry) ? 'environments' : entry.environments;
}

const folders = [...new Set(shipped.map(folderOf))];

test.each(folders)(
  'every scenario that is shipped for the folder %s has no problem there, and no environment has',
  (folder) => {
    const names = shipped.filter((name) => folderOf(name) === folder);
    const { environments, problems } = loadEnvironments(join(root, folder), catalogue);
    const found = validateFiles(
      names.map((name) => join(root, 'scenarios', name)),
      { catalogue, environments, reader: diskReader },
    );
    expect([...problems, ...found].map(formatProblem)).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  },
);
