/* Validates one file in a process of its own and prints every problem, then the largest memory it took, in kB. */
const { addHook } = require('./typescript-hook.cjs');

addHook();
const { validateFiles } = require('../../../src/scenario/validate-files.ts');
const { loadEnvironments } = require('../../../src/environments/load-environments.ts');
const { diskReader } = require('../../../src/environments/disk-reader.ts');
const { formatProblem } = require('../../../src/scenario/problem.ts');
const { fakeCatalogue } = require('../../fakes/catalogue.ts');

/* Root may read everything, so the refusal comes from the reader. */
const reader = {
  ...diskReader,
  read(path, bytes) {
    if (path.includes('no-permission')) throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    return diskReader.read(path, bytes);
  },
};

const [environmentsFolder, ...paths] = process.argv.slice(2);
const { environments } = loadEnvironments(environmentsFolder, fakeCatalogue);
const startedAt = process.hrtime.bigint();
const problems = validateFiles(paths, { catalogue: fakeCatalogue, environments, reader });
const tookMs = Number(process.hrtime.bigint() - startedAt) / 1e6;
process.stdout.write(
  JSON.stringify({ problems: problems.map(formatProblem), maxRssKb: process.resourceUsage().maxRSS, tookMs }),
);
