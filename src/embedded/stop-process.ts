import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './error-code';
import { isSameProcess, type ProcessNote } from './process-note';

const LOOK_EVERY_MS = 10;
const KILLED_WITHIN_MS = 5_000;

function signalProcess(note: ProcessNote, signal: NodeJS.Signals): void {
  try {
    process.kill(note.pid, signal);
  } catch (error) {
    // Gone between the look and the signal is what was wanted.
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

async function endsWithin(note: ProcessNote, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (await isSameProcess(note)) {
    if (performance.now() >= deadline) return false;
    await sleep(LOOK_EVERY_MS);
  }
  return true;
}

/**
 * Ends the very process of the note, never one that got its pid later: SIGTERM, and SIGKILL when it still runs after
 * `graceMs`. Resolves when it is gone (at once when it was gone before); throws when it survives SIGKILL by five seconds.
 */
export async function stopProcess(note: ProcessNote, graceMs: number): Promise<void> {
  if (!(await isSameProcess(note))) return;
  signalProcess(note, 'SIGTERM');
  if (await endsWithin(note, graceMs)) return;
  signalProcess(note, 'SIGKILL');
  if (await endsWithin(note, KILLED_WITHIN_MS)) return;
  throw new Error(`Could not end process ${note.pid}: it still runs after SIGKILL. Look at it with: ps -p ${note.pid}`);
}
