import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** How the tests of promises went in a copy of the project. */
export interface PromiseRun {
  passed: number;
  failed: number;
  /** What Jest wrote, for whoever has to find out why. */
  output: string;
}

const withinMs = 240_000;

/** The file of one promise, or every file, in a project. */
export function promiseFiles(folder: string, promise?: number): string[] {
  const prefix = promise === undefined ? 'promise-' : `promise-${String(promise).padStart(2, '0')}-`;
  const names = readdirSync(join(folder, 'test/promises')).filter((name) => name.startsWith(prefix));
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => `test/promises/${name}`);
}

/** Runs these files in a process of its own. Errors: it did not end in time, or could not run at all. */
export async function runPromiseTests(folder: string, files: string[]): Promise<PromiseRun> {
  const results = join(folder, 'results.json');
  rmSync(results, { force: true });
  const options = ['--runInBand', '--forceExit', '--json', `--outputFile=${results}`];
  const cache = `--cacheDirectory=${join(folder, 'jest-cache')}`;
  const jest = join(folder, 'node_modules/jest/bin/jest.js');
  const child = spawn(process.execPath, [jest, ...options, cache, '--runTestsByPath', ...files], { cwd: folder });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
  const [, signal] = await once(child, 'close');
  clearTimeout(timer);
  if (signal !== null) throw new Error(`${files.join(', ')} did not end within ${withinMs / 1000} s: ${output}`);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests, output };
}
