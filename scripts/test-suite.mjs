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
  const atOnce = name in AT_ONCE ? `--maxWorkers=${AT_ONCE[name]}` : '--runInBand';
  const where = [atOnce, '--testPathIgnorePatterns=/node_modules/', '--roots', `<rootDir>/${folder}`];
  const environment = await temporalEnvironment();
  const work = () => runJest(name, [...where, ...args], environment);
  return name === 'servers' ? withRealServers(work) : work();
}

process.exit(await runSuite());
