import type { Kysely, Transaction } from 'kysely';
import type { Database } from './database';
import { embeddedEngine, type Engine } from './engine';
import { migrations, type Migration } from './migrations';
import { StoreError } from './store-error';

/**
 * Brings the tables up to date. Each call applies everything that is missing in one transaction that holds a lock
 * from its start, so that two processes that open at once apply each migration once.
 */
export async function migrate(
  database: Kysely<Database>,
  name: string,
  engine: Engine = embeddedEngine,
  wanted: Migration[] = migrations,
): Promise<void> {
  // A store that is up to date is only read, so that it opens while another process writes.
  if ((await appliedIn(database, engine)) === wanted.length) return;
  await database.transaction().execute(async (transaction) => {
    await engine.lock(transaction, 'migration');
    await applyMissing(transaction, name, wanted);
  });
}

async function applyMissing(transaction: Transaction<Database>, name: string, wanted: Migration[]): Promise<void> {
  await transaction.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .execute();
  const applied = await countApplied(transaction);
  if (applied > wanted.length) throw newerError(name, applied, wanted.length);
  for (const [index, migration] of wanted.entries()) {
    if (index < applied) continue;
    await migration.up(transaction);
    await transaction
      .insertInto('migration')
      .values({ number: index + 1, name: migration.name })
      .execute();
  }
}

async function appliedIn(database: Kysely<Database>, engine: Engine): Promise<number> {
  return (await engine.hasTable(database, 'migration')) ? countApplied(database) : 0;
}

async function countApplied(database: Kysely<Database>): Promise<number> {
  const rows = await database.selectFrom('migration').select('number').execute();
  return rows.length;
}

function newerError(name: string, applied: number, known: number): StoreError {
  const reason = `it was written by a newer build (${applied} migrations, this build knows ${known})`;
  return new StoreError(
    'newer',
    `could not open the evidence store ${name}: ${reason}; use that build or another store`,
  );
}
