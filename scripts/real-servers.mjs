import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDir, runCommand } from './run-command.mjs';

const SCRIPT = join(projectDir, 'scripts', 'servers.sh');
const NOTE = join(projectDir, '.gameday-servers', 'servers.json');

async function runningNames() {
  const names = Object.keys(JSON.parse(await readFile(NOTE, 'utf8').catch(() => '{}')));
  const are = await Promise.all(names.map(async (name) => (await runCommand(SCRIPT, ['status', name])) === 0));
  return names.filter((_, index) => are[index]);
}

async function stopAllBut(kept) {
  const names = Object.keys(JSON.parse(await readFile(NOTE, 'utf8').catch(() => '{}')));
  const ours = names.filter((name) => !kept.includes(name));
  return ours.length === 0 ? 0 : runCommand(SCRIPT, ['stop', ...ours]);
}

/**
 * Starts the real servers, does the work and always stops those that it started: one that ran before belongs to somebody
 * else and goes on. Resolves with the work's exit code, or a failure when a server is missing or does not stop.
 */
export async function withRealServers(work) {
  const before = await runningNames();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
  let code = 1;
  try {
    const started = await runCommand(SCRIPT, ['start']);
    if (started !== 0) console.error('Not every server is there, so none of the tests that need them can pass.');
    code = started === 0 ? await work() : started;
  } finally {
    code = (await stopAllBut(before)) || code;
  }
  return code;
}
