import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildPackages } from './build-packages.mjs';
import { installPackages } from './install-packages.mjs';
import { isAlive } from './is-alive.mjs';
import { projectDir } from './run-command.mjs';

const LOCK = join(projectDir, '.gameday', 'set-up.lock');
const log = (sentence) => console.error(sentence);

async function isHeld() {
  const pid = Number(await readFile(LOCK, 'utf8').catch(() => '0'));
  return pid > 0 && isAlive(pid);
}

async function claim() {
  const file = await open(LOCK, 'wx').catch(() => undefined);
  await file?.writeFile(String(process.pid));
  await file?.close();
  return file !== undefined;
}

async function acquire() {
  await mkdir(join(projectDir, '.gameday'), { recursive: true, mode: 0o700 });
  for (let hasSaid = false; !(await claim()); hasSaid = true) {
    if (!(await isHeld())) await rm(LOCK, { force: true });
    else if (!hasSaid) log('Waiting for another set-up of this folder to end ...');
    await sleep(200);
  }
}

/**
 * Makes a fresh or changed copy of the project ready to run: packages installed, everything built. Says what it does and is
 * silent when there is nothing to do; a failure is told in one sentence and ends the process with code 2.
 */
export async function setUp() {
  await acquire();
  try {
    await installPackages(log);
    await buildPackages(log);
  } catch (error) {
    log(error.message);
    process.exitCode = 2;
    await rm(LOCK, { force: true });
    process.exit();
  }
  await rm(LOCK, { force: true });
}
