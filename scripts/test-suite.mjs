import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDir } from './run-command.mjs';
import { withRealServers } from './real-servers.mjs';
import { runJest } from './run-jest.mjs';
import { setUp } from './set-up.mjs';

const [name, ...args] = process.argv.slice(2);
if (name === undefined) throw new Error('Say which suite to run: node scripts/test-suite.mjs <folder of test/>');

// Files at once: these wait most of the time, for holds and processes, on ports, databases and proxies of their own.
const AT_ONCE = { 'end-to-end': 3, servers: 3, scenarios: 2 };
// Experiments that are judged by how quickly answers come: they run before the others, with less beside them.
const JUDGED = {
  scenarios: { pattern: '/test/scenarios/scenarios\\.test\\.ts', atOnce: 1 },
  servers: { pattern: '/test/servers/(founding|topology)/', atOnce: 2 },
};

async function testFiles(folder) {
  const names = await readdir(join(projectDir, folder), { recursive: true }).catch(() => []);
  return names.filter((path) => path.endsWith('.test.ts'));
}

/** Runs one folder of tests that `npm test` leaves out; an empty one is said to be empty and counts as nothing. */
async function runSuite() {
  const folder = `test/${name}`;
  if ((await testFiles(folder)).length === 0) {
    console.log(`There are no tests under ${folder} yet: nothing was run, and nothing counts as passed.`);
    return 0;
  }
  await setUp();
  const { temporalEnvironment } = await import('./temporal-path.mjs');
  const environment = await temporalEnvironment();
  const work = () => (name in JUDGED && args.length === 0 ? runInTurn(environment) : runAll(environment));
  return name === 'servers' ? withRealServers(work) : work();
}

function runAll(environment, ignored = []) {
  const atOnce = name in AT_ONCE ? `--maxWorkers=${AT_ONCE[name]}` : '--runInBand';
  const ignoring = ['/node_modules/', ...ignored].map((pattern) => `--testPathIgnorePatterns=${pattern}`);
  return runJest(name, [atOnce, ...ignoring, '--roots', `<rootDir>/test/${name}`, ...args], environment);
}

async function runInTurn(environment) {
  const { pattern, atOnce } = JUDGED[name];
  const where = ['--testPathIgnorePatterns=/node_modules/', '--roots', `<rootDir>/test/${name}`];
  const judged = [`--maxWorkers=${atOnce}`, ...where, `--testPathPatterns=${pattern}`];
  const code = await runJest(`${name}-judged`, judged, environment);
  return (await runAll(environment, [pattern])) || code;
}

process.exit(await runSuite());
