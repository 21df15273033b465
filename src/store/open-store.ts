import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import type { EvidenceStore } from '../domain/evidence-store';
import type { Database } from './database';
import { embeddedEngine } from './engine';
import { KyselyEvidenceStore } from './kysely-evidence-store';
import { LibsqlDialect } from './libsql-dialect';
import { migrate } from './migrate';
import { StoreError } from './store-error';
import { lockWaitMs, whenFree } from './when-free';

/** Where the store is, and how long (ms) a lock of another process is waited for. */
export interface StoreOptions {
  file: string;
  waitMs?: number;
}

/** Opens the evidence store, creating file, folder and tables. Errors: one `StoreError` that says what would help. */
export async function openStore(options: StoreOptions): Promise<EvidenceStore> {
  const { file, waitMs = lockWaitMs } = options;
  if (/^\w+:\/\//.test(file)) throw notAFile();
  const database = await whenFree('open', file, () => openDatabase(file), waitMs);
  return new KyselyEvidenceStore(database, { name: file, waitMs, engine: embeddedEngine });
}

async function openDatabase(file: string): Promise<Kysely<Database>> {
  if (file !== ':memory:') createPrivately(file);
  const database = new Kysely<Database>({ dialect: new LibsqlDialect(file) });
  try {
    await migrate(database, file);
    return database;
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

// What is new is the owner's alone; the engine gives the files beside it, of its log and of its index, the same mode.
function createPrivately(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch {
    // It is there already, or cannot be made; the engine says which.
  }
}

// The address itself is left out: it may carry a password.
function notAFile(): StoreError {
  return new StoreError(
    'unreachable',
    'could not open the evidence store: an address was given where a file is expected; name a path',
  );
}
