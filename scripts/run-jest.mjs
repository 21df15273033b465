import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runNode } from './run-command.mjs';

/**
 * Runs Jest and resolves with its exit code. Where GAMEDAY_TEST_RESULTS names a folder, the results are also written there
 * as `<name>.json`, so that what really ran can be counted.
 */
export async function runJest(name, args, env = {}) {
  const folder = process.env.GAMEDAY_TEST_RESULTS;
  if (folder) await mkdir(folder, { recursive: true });
  const output = folder ? ['--json', `--outputFile=${join(folder, `${name}.json`)}`] : [];
  return runNode('node_modules/jest/bin/jest.js', [...output, ...args], env);
}
