import { randomUUID } from 'node:crypto';
import { link, rename, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './error-code';
import {
  describeProcess,
  isSameProcess,
  readProcessNote,
  removeProcessNote,
  writeProcessNote,
  type ProcessNote,
} from './process-note';

const LOOK_EVERY_MS = 20;

// A hard link appears with its whole content or not at all, and fails when the name is taken.
async function claim(path: string, note: ProcessNote): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeProcessNote(draft, note);
  try {
    return await linkIfFree(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

async function linkIfFree(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

// Only one of several takers can rename a file away. One that got a fresh lock by mistake puts it back.
async function clearIfAbandoned(path: string): Promise<void> {
  const seen = await readProcessNote(path);
  if (seen !== undefined && (await isSameProcess(seen))) return;
  const aside = `${path}.${randomUUID()}`;
  if (
    !(await rename(path, aside).then(
      () => true,
      () => false,
    ))
  )
    return;
  const taken = await readProcessNote(aside);
  if (taken !== undefined && (await isSameProcess(taken))) await linkIfFree(aside, path);
  await rm(aside, { force: true });
}

async function acquire(path: string, timeoutMs: number): Promise<ProcessNote> {
  // The url tells two holders in one process apart; pid and start time alone would be equal.
  const note = await describeProcess(process.pid, { url: `lock:${randomUUID()}` });
  const deadline = performance.now() + timeoutMs;
  while (!(await claim(path, note))) {
    await clearIfAbandoned(path);
    if (performance.now() >= deadline) throw new Error(await describeHolder(path, timeoutMs));
    await sleep(LOOK_EVERY_MS);
  }
  return note;
}

async function describeHolder(path: string, timeoutMs: number): Promise<string> {
  const holder = await readProcessNote(path);
  return `Could not get the lock ${path} within ${timeoutMs} ms: process ${holder?.pid ?? 'unknown'} holds it. Wait for it or end it.`;
}

/**
 * Runs `work` while no other caller, in this process or another, holds the lock file; a holder that died is replaced.
 * Throws, naming the holder, when the lock is not free within `timeoutMs`.
 */
export async function withLockFile<Result>(
  path: string,
  timeoutMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const note = await acquire(path, timeoutMs);
  try {
    return await work();
  } finally {
    await removeProcessNote(path, note);
  }
}
