import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const main = here('../../dist/src/cli/main.js');

/** Runs a command of the product in a folder; resolves when its process has ended, with all it said and took. */
export async function gameday(dir, words) {
  const cpuFile = join(dir, 'cpu.json');
  const startedAtMs = performance.now();
  const child = begin(dir, words, { GAMEDAY_BENCH_CPU: cpuFile });
  const [code, stdout, stderr] = await Promise.all([ended(child), textOf(child.stdout), textOf(child.stderr)]);
  const wallMs = performance.now() - startedAtMs;
  const { user } = JSON.parse(await readFile(cpuFile, 'utf8'));
  return { code, stdout, stderr, wallMs, userMs: user / 1_000 };
}

/** Starts a command and does not wait for it. */
export function begin(dir, words, more = {}) {
  const { GAMEDAY_URL: _url, GAMEDAY_STATE_DIR: _state, GAMEDAY_ENVIRONMENTS: _folder, ...env } = process.env;
  return spawn(process.execPath, ['--require', here('tell-cpu.cjs'), main, ...words], {
    cwd: dir,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, ...more },
  });
}

/** Its exit code, once its streams are closed too. */
export function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
}

async function textOf(stream) {
  let text = '';
  for await (const part of stream.setEncoding('utf8')) text += part;
  return text;
}
