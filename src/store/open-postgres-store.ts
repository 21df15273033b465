import { Kysely, PostgresDialect } from 'kysely';
import type { EvidenceStore } from '../domain/evidence-store';
import type { Database } from './database';
import { KyselyEvidenceStore } from './kysely-evidence-store';
import { migrate } from './migrate';
import { parsePostgresAddress, type PostgresAddress } from './postgres-address';
import { postgresEngine } from './postgres-engine';
import { openPostgresPool } from './postgres-pool';
import { StoreError } from './store-error';
import { lockWaitMs, whenFree } from './when-free';

/** Which database holds the evidence, and how long (ms) a lost connection or a busy lock is waited for. */
export interface PostgresStoreOptions {
  url: string;
  waitMs?: number;
}

/** Opens the evidence store in a Postgres database, creating its tables. Errors: one `StoreError`, without the password. */
export async function openPostgresStore({ url, waitMs = lockWaitMs }: PostgresStoreOptions): Promise<EvidenceStore> {
  const address = readAddress(url);
  const database = await whenFree('open', address.name, () => openDatabase(address), waitMs);
  return new KyselyEvidenceStore(database, { name: address.name, waitMs, engine: postgresEngine });
}

function readAddress(url: string): PostgresAddress {
  try {
    return parsePostgresAddress(url);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'no reason was given';
    throw new StoreError('unreachable', `could not open the evidence store: DATABASE_URL: ${why}`);
  }
}

async function openDatabase({ url, name }: PostgresAddress): Promise<Kysely<Database>> {
  const database = new Kysely<Database>({ dialect: new PostgresDialect({ pool: openPostgresPool(url) }) });
  try {
    await migrate(database, name, postgresEngine);
    return database;
  } catch (error) {
    await database.destroy();
    throw error;
  }
}
