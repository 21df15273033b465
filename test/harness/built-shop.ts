import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../..');
const mainFile = join(root, 'examples/shop/dist/main.js');
const stampFile = join(root, 'examples/shop/dist/.built-from');
const lockFile = join(root, 'examples/shop/dist/.building');

/** Compiles the SDK and the shop when a source is newer than what was compiled; resolves to the shop's main file. */
export async function builtShop(): Promise<string> {
  await takeLock();
  try {
    const sources = describeSources();
    if (!isFresh(sources)) await compile();
    writeFileSync(stampFile, sources);
    return mainFile;
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function isFresh(sources: string): boolean {
  const isBuilt = existsSync(mainFile) && existsSync(join(root, 'sdk/dist/index.js')) && existsSync(stampFile);
  return isBuilt && readFileSync(stampFile, 'utf8') === sources;
}

async function compile(): Promise<void> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  for (const workspace of ['sdk', 'examples/shop']) {
    // Not incremental: the compiler would trust its notes and leave out files that somebody removed from dist.
    const options = ['-p', workspace, '--incremental', 'false', '--tsBuildInfoFile', 'null'];
    await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: root }).catch(explain);
  }
}

function explain(error: Error & { stdout?: string }): never {
  throw new Error(`Compiling the shop for a test: ${error.message}\n${error.stdout ?? ''}`);
}

/** Names every source with its time of change, so that an added, removed or touched file shows. */
function describeSources(): string {
  const folders = ['sdk/src', 'examples/shop/src'].map((folder) => join(root, folder));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return files.map((file) => `${file} ${statSync(file).mtimeMs}\n`).join('');
}

/** Test files run in several processes; only one of them may write the compiled files. */
async function takeLock(): Promise<void> {
  mkdirSync(dirname(lockFile), { recursive: true });
  for (;;) {
    try {
      return writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    } catch {
      if (!isHeld()) rmSync(lockFile, { force: true });
      await wait(100);
    }
  }
}

function isHeld(): boolean {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    // An empty file is one whose owner is about to write its id.
    return pid === 0 || process.kill(pid, 0);
  } catch {
    return false;
  }
}
