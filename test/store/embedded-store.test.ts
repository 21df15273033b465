import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Libsql from 'libsql';
import { openStore } from '../../src/store/open-store';
import { StoreError } from '../../src/store/store-error';
import { aChunk } from '../fakes/series';
import { evidenceStoreContract } from './contract';
import { temporaryFolders } from './temporary-folder';

const folder = temporaryFolders();
const run = promisify(execFile);

let contractFile = '';
beforeEach(() => {
  contractFile = join(folder(), 'deep', 'er', 'evidence.db');
});
evidenceStoreContract('an embedded file', { open: () => openStore({ file: contractFile }) });

async function errorOf(work: Promise<unknown>): Promise<StoreError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof StoreError) return error;
  throw new Error(`expected a StoreError, found ${String(error)}`);
}

describe('opening an embedded store', () => {
  it('makes folder and files that only their owner can read', async () => {
    const home = join(folder(), 'kept');
    const store = await openStore({ file: join(home, 'evidence.db') });
    await store.writeChunk(aChunk());

    const modes = readdirSync(home).map((name) => [name, statSync(join(home, name)).mode & 0o777]);
    await store.close();

    expect(Object.fromEntries(modes)).toMatchObject({ 'evidence.db': 0o600, 'evidence.db-wal': 0o600 });
    expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([]);
    expect(statSync(home).mode & 0o777).toBe(0o700);
  });

  it('says that a file which is no database is damaged, and leaves it as it is', async () => {
    const file = join(folder(), 'evidence.db');
    const text = 'this is a shopping list, and a long one at that\n'.repeat(200);
    writeFileSync(file, text);

    const error = await errorOf(openStore({ file }));

    expect(error.code).toBe('not-a-database');
    expect(error.message).toContain(`could not open the evidence store ${file}`);
    expect(error.message).toContain('move it aside');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('says what is in the way when the file is a folder', async () => {
    const file = join(folder(), 'evidence.db');
    mkdirSync(file);

    const error = await errorOf(openStore({ file }));

    expect(error.code).toBe('unreachable');
  });

  it('says what is in the way when the folder is a file', async () => {
    const blocker = join(folder(), 'blocker');
    writeFileSync(blocker, '');

    const error = await errorOf(openStore({ file: join(blocker, 'evidence.db') }));

    expect(error.code).toBe('unreachable');
  });

  it('does not repeat an address, which may carry a password', async () => {
    const error = await errorOf(openStore({ file: 'postgres://gameday:hunter2@db/evidence' }));

    expect(error.message).toContain('an address was given');
    expect(error.message).not.toContain('hunter2');
  });

  it('refuses a store that a newer build wrote', async () => {
    const file = join(folder(), 'evidence.db');
    await (await openStore({ file })).close();
    const raw = new Libsql(file);
    raw.exec(`insert into migration (number, name) values (99, 'from the future')`);
    raw.close();

    const error = await errorOf(openStore({ file }));

    expect(error.code).toBe('newer');
  });

  it('applies each migration once when several processes open a new file at once', async () => {
    const file = join(folder(), 'evidence.db');
    const opener = join(__dirname, 'opener.cjs');

    const ended = await Promise.all(
      [1, 2, 3].map((number) => run(process.execPath, [opener, file, String(number)], { cwd: process.cwd() })),
    );

    expect(ended.map((one) => one.stdout.trim())).toEqual(['opened', 'opened', 'opened']);
    const store = await openStore({ file });
    expect(await store.readChunks('payment-7f3a')).toHaveLength(3);
    await store.close();
  });
});

describe('an embedded store that another process holds', () => {
  let holder: Libsql.Database;
  let file: string;
  beforeEach(async () => {
    file = join(folder(), 'evidence.db');
    await (await openStore({ file })).close();
    holder = new Libsql(file);
    holder.exec('begin immediate');
  });
  afterEach(() => holder.close());

  it('can still be opened and read', async () => {
    const store = await openStore({ file, waitMs: 0 });

    expect(await store.listExperiments(10)).toEqual([]);
    await store.close();
  });

  it('gives up writing with one clear error', async () => {
    const store = await openStore({ file, waitMs: 0 });

    const error = await errorOf(store.writeChunk(aChunk()));

    expect(error.code).toBe('locked');
    expect(error.message).toContain('it is locked by another process; end that one or wait');
    await store.close();
  });

  it('keeps what is written once the lock is gone, whatever the lock had refused', async () => {
    const act = { at: '2026-03-01T12:00:00.000Z', by: 'ada', action: 'halt', subject: 'demo', reason: 'incident' };
    const store = await openStore({ file, waitMs: 0 });
    await errorOf(store.writeChunk(aChunk()));
    await errorOf(store.appendAudit(act));
    holder.exec('rollback');

    await store.writeChunk(aChunk());
    await store.appendAudit(act);

    const other = await openStore({ file });
    expect(await other.readChunks('payment-7f3a')).toHaveLength(1);
    expect(await other.listAudit(10)).toEqual([act]);
    await other.close();
    await store.close();
  });

  it('lets the process go on with other things while it waits, and writes when the lock is gone', async () => {
    const store = await openStore({ file, waitMs: 30_000 });
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
      if (turns === 5) holder.exec('rollback');
    }, 1);

    await store.writeChunk(aChunk());

    clearInterval(ticking);
    expect(turns).toBeGreaterThanOrEqual(5);
    expect(await store.readChunks('payment-7f3a')).toHaveLength(1);
    await store.close();
  });
});

describe('an embedded store whose folder may not be written', () => {
  // A process that may do everything is not stopped by permissions, so there is nothing to see for it.
  const mayDoEverything = process.getuid?.() === 0;

  it('says so, or writes where the process may do everything', async () => {
    const dir = folder();
    chmodSync(dir, 0o500);
    const file = join(dir, 'evidence.db');

    const outcome = await openStore({ file }).then(
      async (store) => {
        await store.close();
        return 'opened';
      },
      (error: unknown) => (error instanceof StoreError ? error.code : String(error)),
    );

    chmodSync(dir, 0o700);
    expect(outcome).toBe(mayDoEverything ? 'opened' : 'unreachable');
    expect(existsSync(file)).toBe(mayDoEverything);
  });
});
