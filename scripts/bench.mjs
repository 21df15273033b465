import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDir, runNode } from './run-command.mjs';
import { setUp } from './set-up.mjs';

const [wanted, ...args] = process.argv.slice(2);

/** Runs the measurement that is named, or every one in bench/, one after the other; exits 1 when one of them does. */
async function runBenches() {
  const names = (await readdir(join(projectDir, 'bench'))).filter((name) => name.endsWith('.mjs')).sort();
  const chosen = wanted === undefined ? names : names.filter((name) => name === `${wanted}.mjs`);
  if (chosen.length === 0) throw new Error(`There is no measurement ${wanted}. There are: ${names.join(', ')}`);
  let code = 0;
  for (const name of chosen) code = Math.max(code, (await runNode(join('bench', name), args)) === 0 ? 0 : 1);
  return code;
}

await setUp();
process.exit(await runBenches());
