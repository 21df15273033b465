import type { Kysely, Transaction } from 'kysely';
import type { Database } from './database';

/** What differs between engines beyond the dialect of their SQL. */
export interface Engine {
  /** Whether a table is there that a statement without a schema would find. */
  hasTable(database: Kysely<Database>, name: string): Promise<boolean>;
  /** Keeps every other transaction that asks for the same word waiting until this one has ended. */
  lock(transaction: Transaction<Database>, word: string): Promise<void>;
}

/** The embedded file: a transaction that writes holds the lock of the whole file from its start. */
export const embeddedEngine: Engine = {
  async hasTable(database, name) {
    const tables = await database.introspection.getTables();
    return tables.some((table) => table.name === name);
  },
  lock: () => Promise.resolve(),
};
