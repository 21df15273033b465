import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readLiveProcess } from './process-note';

/** Name of the note that a running sentinel keeps in the state directory. */
const note = 'sentinel.json';

/**
 * Starts a sentinel outside our process group unless one that stays runs here already: it survives us, and leaves by itself
 * when we are gone and no fault of ours is left. One that somebody else's end will make leave is no reason to do without.
 */
export async function spawnSentinel(options: {
  stateDir: string;
  environmentsDirectory: string;
  env: Record<string, string | undefined>;
}): Promise<void> {
  const { stateDir, environmentsDirectory, env } = options;
  const running = await readLiveProcess(join(stateDir, note));
  if (running && !('parentPid' in running)) return;
  const log = openSync(join(stateDir, 'sentinel.log'), 'a', 0o600);
  const script = join(__dirname, '..', 'sentinel', 'main.js');
  const where = ['--environments', resolve(environmentsDirectory), '--state-dir', resolve(stateDir)];
  const child = spawn(process.execPath, [script, ...where, '--parent', String(process.pid)], {
    detached: true,
    stdio: ['ignore', log, log],
    env,
  });
  child.once('error', () => undefined);
  child.unref();
}
