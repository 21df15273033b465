import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { errorCode } from './error-code';

/** Where everything that one folder's Gameday notes on disk lies. */
export interface StateDir {
  path: string;
  temporalDatabase: string;
  temporalLog: string;
  temporalNote: string;
  temporalLock: string;
}

/** Names the files of a state directory without touching the disk. */
export function describeStateDir(stateDir: string): StateDir {
  const path = resolve(stateDir);
  return {
    path,
    temporalDatabase: join(path, 'temporal.db'),
    temporalLog: join(path, 'temporal.log'),
    temporalNote: join(path, 'temporal.json'),
    temporalLock: join(path, 'temporal.lock'),
  };
}

/** Creates a state directory (mode 0700, ignored by git) if it is missing and names its files. */
export async function openStateDir(stateDir: string): Promise<StateDir> {
  const files = describeStateDir(stateDir);
  await mkdir(files.path, { recursive: true, mode: 0o700 });
  await writeFile(join(files.path, '.gitignore'), '*\n', { flag: 'wx' }).catch(ignoreExisting);
  return files;
}

function ignoreExisting(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}
