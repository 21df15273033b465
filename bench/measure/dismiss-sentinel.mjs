import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks the sentinel of a folder to leave, and waits until it has. It would stay some seconds more, and for good once the
 * folder is gone: without the environment files it cannot know that no fault is left.
 */
export async function dismissSentinel(dir) {
  const note = await readFile(join(dir, '.gameday', 'sentinel.json'), 'utf8').catch(() => undefined);
  if (note === undefined) return;
  const { pid } = JSON.parse(note);
  while (isThere(pid, 'SIGTERM')) await sleep(50);
}

function isThere(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
