import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { diskReader } from '../../src/environments/disk-reader';
import { loadEnvironments } from '../../src/environments/load-environments';
import { formatProblem } from '../../src/scenario/problem';
import { validateFiles } from '../../src/scenario/validate-files';

const root = join(__dirname, '..', '..');
const notScenarios = ['expected.yaml'];

test('every scenario and environment that is shipped has no problem', () => {
  const { environments, problems } = loadEnvironments(join(root, 'environments'), catalogue);
  const names = readdirSync(join(root, 'scenarios')).filter(
    (name) => /\.ya?ml$/.test(name) && !notScenarios.includes(name),
  );
  const found = validateFiles(
    names.map((name) => join(root, 'scenarios', name)),
    { catalogue, environments, reader: diskReader },
  );
  expect([...problems, ...found].map(formatProblem)).toEqual([]);
  expect(names.length).toBeGreaterThan(0);
});
