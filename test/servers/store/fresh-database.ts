import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { server } from '../../harness/servers';

/** A database of one test's own on the real server. */
export interface FreshDatabase {
  name: string;
  url: string;
  password: string;
  /** Asks as another client would, over a connection of its own. */
  ask(sql: string): Promise<Record<string, unknown>[]>;
  /** Removes it with everybody who is still connected. */
  drop(): Promise<void>;
}

/** Creates an empty database with a name that nobody else has. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { url: serverUrl, password } = await server('postgres');
  const name = `store_${randomBytes(6).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await askAt(serverUrl, `create database ${name}`);
  return {
    name,
    url: url.href,
    password,
    ask: (sql) => askAt(url.href, sql),
    drop: async () => void (await askAt(serverUrl, `drop database if exists ${name} with (force)`)),
  };
}

async function askAt(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
