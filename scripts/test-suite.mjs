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
  const judged = args.length === 0 ? JUDGED[name] : undefined;
  const work = () =>
    judged === undefined
      ? runFiles(name, { atOnce: AT_ONCE[name], asked: args }, environment)
      : runInTurn(judged, environment);
  return name === 'servers' ? withRealServers(work) : work();
}

/** The folder's files but the ignored ones; `asked` are further words for Jest. */
function runFiles(results, { atOnce, ignored = [], asked }, environment) {
  const workers = atOnce === undefined ? '--runInBand' : `--maxWorkers=${atOnce}`;
  const ignoring = ['/node_modules/', ...ignored].map((pattern) => `--testPathIgnorePatterns=${pattern}`);
  return runJest(results, [workers, ...ignoring, '--roots', `<rootDir>/test/${name}`, ...asked], environment);
}

async function runInTurn({ pattern, atOnce }, environment) {
  const judged = { atOnce, asked: [`--testPathPatterns=${pattern}`] };
  const others = { atOnce: AT_ONCE[name], ignored: [pattern], asked: [] };
  const code = await runFiles(`${name}-judged`, judged, environment);
  return (await runFiles(name, others, environment)) || code;
}

process.exit(await runSuite());
