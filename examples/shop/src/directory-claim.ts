import { linkSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { areHealthy } from './health';
import type { RunDirectory, Urls } from './run-directory';

const START_MS_MAX = 10_000;

/** Process ids by name: `shop` for the one that started the others. */
export type Pids = Record<string, number>;

/** A shop that is up: its processes and its endpoints. */
export interface RunningShop {
  pids: Pids;
  urls: Urls;
}

/**
 * Claims the directory for this process, so that two shops never share a ledger. Resolves to the shop that is up there
 * already, judged by its process and by its health, or to `undefined` when the directory is ours.
 */
export async function claimDirectory(directory: RunDirectory): Promise<RunningShop | undefined> {
  while (!isClaimed(directory)) {
    const holder = await findRunningShop(directory);
    if (holder) return holder;
    directory.remove('pids.json');
  }
  return undefined;
}

/** Finds the shop that holds the directory; waits for one that is just starting, 10 s at most. */
async function findRunningShop(directory: RunDirectory): Promise<RunningShop | undefined> {
  const startedAtMs = performance.now();
  while (performance.now() - startedAtMs < START_MS_MAX) {
    const pids = readPids(directory);
    if (!pids?.shop || !isAlive(pids.shop)) return undefined;
    const urls = directory.readUrls();
    if (await areHealthy(urls)) return { pids, urls };
    await wait(100);
  }
  return undefined;
}

/** Puts our process id in place unless another one is there: linking fails where the name exists. */
function isClaimed(directory: RunDirectory): boolean {
  const draft = `pids.${process.pid}.claim`;
  directory.write(draft, JSON.stringify({ shop: process.pid }));
  try {
    linkSync(directory.file(draft), directory.file('pids.json'));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    directory.remove(draft);
  }
}

/** Reads the process ids of the shop that holds the directory; `undefined` when none does. */
export function readPids(directory: RunDirectory): Pids | undefined {
  const text = directory.read('pids.json');
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Pids);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
