import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openPostgresStore } from '../../../src/store/open-postgres-store';
import { StoreError } from '../../../src/store/store-error';
import { server } from '../../harness/servers';
import { aChunk } from '../../fakes/series';
import { evidenceStoreContract } from '../../store/contract';
import { freshDatabase, type FreshDatabase } from './fresh-database';

const run = promisify(execFile);
const writer = join(__dirname, 'writer.cjs');

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

evidenceStoreContract('a Postgres database', { open: () => openPostgresStore({ url: database.url }) });

async function errorOf(url: string): Promise<StoreError> {
  const error: unknown = await openPostgresStore({ url }).then(
    (store) => store.close(),
    (reason: unknown) => reason,
  );
  if (error instanceof StoreError) return error;
  throw new Error(`expected a StoreError, found ${String(error)}`);
}

/** Everything an error says of itself, with what caused it, as a careless log would show it. */
function allOf(error: StoreError): string {
  return `${error.message} ${String(error.stack)} ${JSON.stringify(error.cause)} ${JSON.stringify(error)}`;
}

describe('several processes at once', () => {
  it('apply each migration once, keep one of each chunk and every act, whoever opens first', async () => {
    const env = { ...process.env, DATABASE_URL: database.url };
    const names = ['ada', 'grace', 'barbara', 'edsger'];

    const ended = await Promise.all(names.map((name) => run(process.execPath, [writer, name, '25'], { env })));

    expect(ended.map((one) => one.stdout.trim())).toEqual(['opened', 'opened', 'opened', 'opened']);
    expect(await database.ask('select number from migration order by number')).toEqual([
      { number: 1 },
      { number: 2 },
      { number: 3 },
    ]);
    const store = await openPostgresStore({ url: database.url });
    const chunks = await store.readChunks('payment-7f3a');
    expect(chunks.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    expect(await store.listAudit(1_000)).toHaveLength(100);
    const numbers = await database.ask('select min(number) as first, max(number) as last, count(*)::int from audit');
    expect(numbers).toEqual([{ first: 1, last: 100, count: 100 }]);
    await store.close();
  });

  it('leave the chunk that was there first as it is', async () => {
    const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresStore({ url: database.url })));
    const [first, ...others] = stores;
    await first?.writeChunk(aChunk({ samples: ['first'] }));

    await Promise.all(others.map((store, index) => store.writeChunk(aChunk({ samples: [`later ${index}`] }))));

    expect(await first?.readChunks('payment-7f3a')).toEqual([aChunk({ samples: ['first'] })]);
    await Promise.all(stores.map((store) => store.close()));
  });
});

describe('what the database holds', () => {
  it('may be numbered beyond 32 bits, as a watcher that was restarted thousands of times does', async () => {
    const store = await openPostgresStore({ url: database.url });
    await store.writeChunk(aChunk({ number: 4_000_000_001 }));

    expect(await store.readChunks('payment-7f3a')).toEqual([aChunk({ number: 4_000_000_001 })]);
    await store.close();
  });

  it('may contain what Postgres itself takes for no text', async () => {
    const entry = { at: '2026-03-01T12:00:00.000Z', by: 'ada', action: 'halt', subject: 'demo', reason: 'a\u0000b' };
    const store = await openPostgresStore({ url: database.url });
    await store.writeChunk(aChunk({ samples: ['a\u0000b', '\ud800'] }));
    await store.appendAudit(entry);

    expect(await store.readChunks('payment-7f3a')).toEqual([aChunk({ samples: ['a\u0000b', '\ud800'] })]);
    expect(await store.listAudit(1)).toEqual([{ ...entry, reason: 'a\ufffdb' }]);
    await store.close();
  });

  it('is refused when a newer build wrote it', async () => {
    await (await openPostgresStore({ url: database.url })).close();
    await database.ask(`insert into migration (number, name) values (99, 'from the future')`);

    expect((await errorOf(database.url)).code).toBe('newer');
  });
});

describe('an address that leads to no store', () => {
  const changed = (change: (url: URL) => void) => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };
  const cases: [string, (url: URL) => void, RegExp][] = [
    ['a wrong password', (url) => (url.password = 'planted-4711'), /refuses this user/],
    ['an unknown user', (url) => (url.username = 'nobody'), /refuses this user/],
    ['no such database', (url) => (url.pathname = '/nowhere'), /no such database; create it/],
    ['nobody who listens', (url) => (url.port = '1'), /nothing answers there/],
    ['no such host', (url) => (url.hostname = 'nowhere.invalid'), /nothing answers there/],
    ['a server without TLS', (url) => (url.search = '?sslmode=require'), /check sslmode/],
    ['a server without TLS to verify', (url) => (url.search = '?sslmode=verify-full'), /check sslmode/],
  ];

  it.each(cases)('is one clear error without the password: %s', async (_, change, expected) => {
    const error = await errorOf(changed(change));

    expect(error.code).toBe('unreachable');
    expect(error.message).toMatch(expected);
    expect(allOf(error)).not.toContain(database.password);
    expect(allOf(error)).not.toContain('planted-4711');
  });

  it('is told apart from one without encryption that was asked for so', async () => {
    const store = await openPostgresStore({ url: changed((url) => (url.search = '?sslmode=disable')) });

    expect(await store.listExperiments(1)).toEqual([]);
    await store.close();
  });

  it.each(['evidence.db', 'mysql://ada:planted-4711@db/evidence', 'postgres://ada:planted#4711@:x/'])(
    'is no address of Postgres: %s',
    async (url) => {
      const error = await errorOf(url);

      expect(error.message).toContain('expected the address of a Postgres database');
      expect(allOf(error)).not.toContain('4711');
    },
  );

  it('is a user who may not make tables', async () => {
    const name = `reader_${database.name}`;
    const { password } = await server('postgres');
    await database.ask(`create role ${name} login password '${password}'`);
    await database.ask('revoke create on schema public from public');
    const error = await errorOf(changed((url) => (url.username = name)));
    await database.ask(`drop role ${name}`);

    expect(error.message).toContain('may not write there');
  });
});
