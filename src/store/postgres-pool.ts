import { setTimeout as wait } from 'node:timers/promises';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { Pool, types, type CustomTypesConfig, type PoolClient, type QueryResultRow } from 'pg';

/** Connections of one process; a worker writes one chunk at a time, an API answers several questions at once. */
const connectionsMax = 10;
const connectWithinMs = 5_000;
/** Less than a spool waits, so that a connection that leads nowhere is known as the reason. */
const answerWithinMs = 8_000;
const endWithinMs = 3_000;

/**
 * Opens a pool that never takes the process down: a connection that is lost while nobody uses it is forgotten, and one
 * on which a query got no answer is never handed out again.
 */
export function openPostgresPool(url: string): PostgresPool {
  const pool = new Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: connectWithinMs,
    query_timeout: answerWithinMs,
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: 'gameday',
    types: { getTypeParser: parserOf },
  });
  // Without a listener each of these would end the process; the next query says what is wrong.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { connect: async () => new CarefulClient(await pool.connect()), end: () => endWithin(pool) };
}

/** A server that says nothing any more would keep a process from ending. */
async function endWithin(pool: Pool): Promise<void> {
  await Promise.race([pool.end(), wait(endWithinMs, undefined, { ref: false })]);
}

const commands = ['UPDATE', 'DELETE', 'INSERT', 'SELECT', 'MERGE'] as const;

/** Whole numbers of 64 bits come as numbers, as the embedded engine gives them; ours are far from where those end. */
const parserOf: CustomTypesConfig['getTypeParser'] = (type, format): unknown =>
  type === types.builtins.INT8 ? Number : types.getTypeParser(type, format);

/** A connection that knows whether it can still be trusted when it is given back. */
class CarefulClient implements PostgresPoolClient {
  #isBroken = false;

  constructor(private readonly client: PoolClient) {}

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    asked: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== 'string') throw new Error('the store reads without cursors');
    return this.#ask(asked, parameters);
  }

  release(): void {
    this.client.release(this.#isBroken);
  }

  async #ask<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    try {
      const { command, rowCount, rows } = await this.client.query<R & QueryResultRow>(text, [...parameters]);
      return { command: commands.find((one) => one === command) ?? 'SELECT', rowCount: rowCount ?? 0, rows };
    } catch (error) {
      // An answer of the server has a severity; anything else says that the connection itself is in doubt.
      this.#isBroken ||= !(error instanceof Error && 'severity' in error);
      throw error;
    }
  }
}
