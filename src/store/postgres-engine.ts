import { sql } from 'kysely';
import type { Engine } from './engine';

/** Postgres: tables are found on the search path, and locks are advisory ones that end with their transaction. */
export const postgresEngine: Engine = {
  async hasTable(database, name) {
    const found = await sql<{ isThere: boolean }>`select to_regclass(${name}) is not null as "isThere"`.execute(
      database,
    );
    return found.rows[0]?.isThere === true;
  },
  async lock(transaction, word) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`gameday ${word}`}, 0))`.execute(transaction);
  },
};
