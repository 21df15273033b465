import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvidenceStore } from '../../../src/domain/evidence-store';
import { lazyStore } from '../../../src/store/lazy-store';
import { openPostgresStore } from '../../../src/store/open-postgres-store';
import { openSpool } from '../../../src/store/spool';
import { server } from '../../harness/servers';
import { aChunk } from '../../fakes/series';
import { eventually } from '../../store/eventually';
import { cuttableProxy, type CuttableProxy } from './cuttable-proxy';
import { freshDatabase, type FreshDatabase } from './fresh-database';

let database: FreshDatabase;
let proxy: CuttableProxy;
let url: string;
beforeEach(async () => {
  database = await freshDatabase();
  proxy = await cuttableProxy((await server('postgres')).port);
  const through = new URL(database.url);
  through.port = String(proxy.port);
  url = through.href;
});
afterEach(async () => {
  await proxy.close();
  await database.drop();
});

const terminateAll = () =>
  database.ask(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database.name}' and pid <> pg_backend_pid()`,
  );

const entry = { at: '2026-03-01T12:00:00.000Z', by: 'ada', action: 'halt', subject: 'demo', reason: 'incident' };

describe('a store whose connections are ended by the server', () => {
  let store: EvidenceStore;
  beforeEach(async () => {
    store = await openPostgresStore({ url });
    await Promise.all([1, 2, 3].map((number) => store.writeChunk(aChunk({ number }))));
  });
  afterEach(() => store.close());

  it('reads and writes on without anybody noticing', async () => {
    await terminateAll();

    await store.writeChunk(aChunk({ number: 4 }));
    await store.appendAudit(entry);
    await terminateAll();

    expect(await store.readChunks('payment-7f3a')).toHaveLength(4);
    expect(await store.listAudit(10)).toEqual([entry]);
  });

  it('loses and doubles nothing when they are ended again and again while it writes', async () => {
    const writing = new AbortController();
    const ending = (async () => {
      while (!writing.signal.aborted) await terminateAll();
    })();
    const numbers = Array.from({ length: 60 }, (_, index) => index + 100);
    const written: number[] = [];

    for (const number of numbers) {
      const isWritten = await store.writeChunk(aChunk({ number })).then(
        () => true,
        () => false,
      );
      if (isWritten) written.push(number);
    }
    writing.abort();
    await ending;

    const kept = (await store.readChunks('payment-7f3a')).map(({ number }) => number);
    expect(written.length).toBeGreaterThan(0);
    expect(kept).toEqual(expect.arrayContaining(written));
    expect(new Set(kept).size).toBe(kept.length);
  });
});

describe('a store that cannot be reached for a while', () => {
  it('says so in one clear error and answers again once the way is there', async () => {
    const store = await openPostgresStore({ url, waitMs: 0 });
    await proxy.cut();

    await expect(store.readChunks('payment-7f3a')).rejects.toThrow(/nothing answers there|the connection was lost/);
    await expect(store.writeChunk(aChunk())).rejects.toThrow(`evidence store postgres://127.0.0.1:${proxy.port}/`);
    await proxy.mend();

    await store.writeChunk(aChunk());
    expect(await store.readChunks('payment-7f3a')).toEqual([aChunk()]);
    await store.close();
  });

  it('gives up on a connection that says nothing, and does not hand it out again', async () => {
    const store = await openPostgresStore({ url, waitMs: 0 });
    await store.writeChunk(aChunk());
    proxy.silence();
    await expect(store.readChunks('payment-7f3a')).rejects.toThrow(/nothing answers there/);
    await proxy.mend();

    expect(await store.readChunks('payment-7f3a')).toEqual([aChunk()]);
    await store.close();
  });

  it('lets series wait in the spool, in order and complete, also when it was away from the start', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'gameday-spool-'));
    const said: string[] = [];
    await proxy.cut();
    const store = lazyStore(() => openPostgresStore({ url }));
    const spool = openSpool({ dir, store: () => store, log: (line) => said.push(line), retryMaxMs: 200 });
    const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
    numbers.slice(0, 10).forEach((number) => spool.write(aChunk({ number })));
    await eventually(() => said.some((line) => /10 chunks wait/.test(line)));
    await proxy.mend();
    await eventually(() => spool.pending() === 0, 30_000);
    await proxy.cut();
    numbers.slice(10).forEach((number) => spool.write(aChunk({ number })));
    await spool.flush();
    expect(spool.pending()).toBe(10);
    await proxy.mend();
    await eventually(() => spool.pending() === 0, 30_000);

    expect((await store.readChunks('payment-7f3a')).map(({ number }) => number)).toEqual(numbers);
    expect(said.join('\n')).not.toContain(database.password);
    await spool.close();
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });
});
