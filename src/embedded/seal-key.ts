import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './error-code';

/** The key that seals decisions here: made at first use, readable by its owner alone, the same for every later start. */
export async function readOrMakeSealKey(stateDir: string): Promise<string> {
  const file = join(stateDir, 'seal.key');
  await writeFile(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  return (await readFile(file, 'utf8')).trim();
}
