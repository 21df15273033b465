import { chmod } from 'node:fs/promises';
import { errorCode } from './error-code';

/** Makes a database that is there already, with the files that SQLite keeps beside it, readable for its owner alone. */
export async function keepToOwner(databasePath: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm']) await chmod(`${databasePath}${ending}`, 0o600).catch(ignoreMissing);
}

function ignoreMissing(error: unknown): void {
  if (errorCode(error) !== 'ENOENT') throw error;
}
