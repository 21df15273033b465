import { Pool, type PoolClient } from 'pg';
import { ITEMS, type Item } from './items';
import type { ItemSource } from './item-source';

// A reader waits for a connection and for one statement, and for each no longer than this.
const LIMITS = { connectionTimeoutMillis: 250, statement_timeout: 200, query_timeout: 250 };
const CONNECTIONS_MAX = 5;
const SEED_LOCK = 7_463_801;

/** The items in Postgres, at most five connections at a time. */
export class PostgresItems implements ItemSource {
  private readonly pool: Pool;

  constructor(url: string) {
    this.pool = new Pool({
      connectionString: url,
      max: CONNECTIONS_MAX,
      application_name: 'shop-catalogue',
      ...LIMITS,
    });
    // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
    this.pool.on('error', () => undefined);
  }

  /** Creates and fills the table unless that is done already; any number of catalogues may do so at once. */
  async seed(): Promise<void> {
    const client = await this.pool.connect().catch(explain);
    try {
      await client.query('begin');
      await client.query('select pg_advisory_xact_lock($1)', [SEED_LOCK]);
      await createTable(client);
      await client.query('commit');
    } finally {
      // Closed rather than kept: after a failure it would still be inside its transaction.
      client.release(true);
    }
  }

  async all(): Promise<Item[]> {
    return (await this.pool.query<Item>('select sku, name, price from shop_items order by sku')).rows;
  }

  async one(sku: string): Promise<Item | undefined> {
    return (await this.pool.query<Item>('select sku, name, price from shop_items where sku = $1', [sku])).rows[0];
  }
}

async function createTable(client: PoolClient): Promise<void> {
  await client.query(
    'create table if not exists shop_items (sku text primary key, name text not null, price integer not null)',
  );
  for (const { sku, name, price } of ITEMS)
    await client.query('insert into shop_items values ($1, $2, $3) on conflict (sku) do nothing', [sku, name, price]);
}

function explain(error: Error & { code?: string }): never {
  const why = error.code ?? error.message;
  throw new Error(`Opening the catalogue: Postgres cannot be reached (${why}). Check SHOP_POSTGRES_URL.`);
}
