import type { Kysely } from 'kysely';
import type { Database } from './database';

/** One change of the tables; never edited once released, only followed by another. */
export interface Migration {
  name: string;
  up(database: Kysely<Database>): Promise<void>;
}

/** In the order in which they are applied; the number of a migration is its place, from 1. */
export const migrations: Migration[] = [
  { name: 'experiments and their evidence', up: createEvidence },
  { name: 'series in chunks', up: createChunks },
  { name: 'acts of people', up: createAudit },
];

async function createEvidence(database: Kysely<Database>): Promise<void> {
  await database.schema
    .createTable('experiment')
    .addColumn('experimentId', 'text', (column) => column.primaryKey())
    .addColumn('scenario', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('isRehearsal', 'integer', (column) => column.notNull())
    .addColumn('startedBy', 'text', (column) => column.notNull())
    .addColumn('startedAt', 'text', (column) => column.notNull())
    .addColumn('endedAt', 'text')
    .addColumn('verdict', 'text')
    .execute();
  await database.schema.createIndex('experiment_by_start').on('experiment').column('startedAt').execute();
  await database.schema
    .createTable('evidence')
    .addColumn('experimentId', 'text', (column) => column.primaryKey())
    .addColumn('evidence', 'text', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .execute();
}

async function createChunks(database: Kysely<Database>): Promise<void> {
  await database.schema
    .createTable('chunk')
    .addColumn('experimentId', 'text', (column) => column.notNull())
    .addColumn('observation', 'text', (column) => column.notNull())
    .addColumn('signal', 'text', (column) => column.notNull())
    // Each attempt of a watcher numbers its chunks from a million of its own.
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('readings', 'text', (column) => column.notNull())
    .addColumn('samples', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('chunk_key', ['experimentId', 'observation', 'signal', 'number'])
    .execute();
}

async function createAudit(database: Kysely<Database>): Promise<void> {
  await database.schema
    .createTable('audit')
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .execute();
}
