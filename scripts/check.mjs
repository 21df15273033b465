import { runNode } from './run-command.mjs';
import { setUp } from './set-up.mjs';

const CHECKS = [
  ['types', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json'],
  ['lint', 'node_modules/eslint/bin/eslint.js', '.'],
  ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  ['unused code', 'node_modules/knip/bin/knip.js', '--no-progress'],
  ['generated files', 'scripts/generate.mjs', '--check'],
];
const TESTS = ['tests', 'scripts/test.mjs'];

/** Runs every check whether or not one before it failed, and says at the end which ones did. */
async function runChecks(checks) {
  const failed = [];
  for (const [name, script, ...args] of checks) {
    console.error(`== ${name}`);
    if ((await runNode(script, args)) !== 0) failed.push(name);
  }
  console.error(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

await setUp();
process.exit(await runChecks(process.argv.includes('--without-tests') ? CHECKS : [...CHECKS, TESTS]));
