import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { noteDir } from './places.mjs';
import { startedAt } from './processes.mjs';

const LOCK = join(noteDir, 'lock');
const WAIT_MAX_MS = 600_000;

const claim = (me) =>
  writeFile(LOCK, me, { flag: 'wx' }).then(
    () => true,
    () => false,
  );

async function isHeld() {
  const [pid, since] = (await readFile(LOCK, 'utf8').catch(() => '')).split(' ');
  // A lock without a text was made a moment ago: its holder is about to write who it is.
  return pid === '' || (await startedAt(Number(pid))) === since;
}

async function waitForTurn(me, until = Date.now() + WAIT_MAX_MS) {
  while (!(await claim(me))) {
    if (Date.now() > until)
      throw new Error(`Waited ten minutes for another start or stop to end; its lock is ${LOCK}.`);
    if (await isHeld()) await sleep(100);
    else await rm(LOCK, { force: true });
  }
}

/** Does the work while no other start or stop of this copy of the project is under way. */
export async function inTurn(work) {
  await mkdir(noteDir, { recursive: true });
  await waitForTurn(`${process.pid} ${await startedAt(process.pid)}`);
  try {
    return await work();
  } finally {
    await rm(LOCK, { force: true });
  }
}
