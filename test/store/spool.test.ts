import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvidenceStore, SeriesChunk } from '../../src/domain/evidence-store';
import { openStore } from '../../src/store/open-store';
import { openSpool, type Spool } from '../../src/store/spool';
import { aChunk } from '../fakes/series';
import { eventually } from './eventually';
import { temporaryFolders } from './temporary-folder';

const folder = temporaryFolders();

let dir: string;
let store: EvidenceStore;
let isAway: boolean;
let lines: string[];
const spools: Spool[] = [];

beforeEach(async () => {
  dir = join(folder(), 'spool');
  store = await openStore({ file: ':memory:' });
  isAway = false;
  lines = [];
});
afterEach(async () => {
  isAway = false;
  await Promise.all(spools.splice(0).map((spool) => spool.close()));
  await store.close();
});

function aSpool(ask: () => EvidenceStore | Promise<EvidenceStore> = reach): Spool {
  const spool = openSpool({ dir, store: ask, log: (line) => lines.push(line), retryMaxMs: 20 });
  spools.push(spool);
  return spool;
}

function reach(): EvidenceStore {
  if (isAway) throw new Error('nobody answers');
  return store;
}

function stored(experimentId = 'payment-7f3a'): Promise<SeriesChunk[]> {
  return store.readChunks(experimentId);
}

describe('a spool', () => {
  it('brings a chunk to the store and forgets it', async () => {
    const spool = aSpool();

    spool.write(aChunk());

    expect(await spool.flush()).toEqual({ pending: 0 });
    expect(await stored()).toEqual([aChunk()]);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('delivers in the background without being asked', async () => {
    aSpool().write(aChunk());

    await eventually(async () => (await stored()).length === 1);
  });

  it('leaves no folder behind once it is flushed, also when the background was quicker', async () => {
    const spool = aSpool();
    spool.write(aChunk());
    await eventually(async () => (await stored()).length === 1 && spool.pending() === 0);

    await spool.flush();

    expect(readdirSync(dir)).toEqual([]);
  });

  it('has a chunk on disk as soon as write returns, whatever the store does', () => {
    const spool = aSpool(() => new Promise<EvidenceStore>(() => undefined));

    spool.write(aChunk());

    expect(spool.pending('payment-7f3a')).toBe(1);
    expect(spool.pending('another')).toBe(0);
    spools.length = 0;
  });

  it('keeps chunks while the store is away and delivers all of them when it is back', async () => {
    const spool = aSpool();
    isAway = true;
    for (const number of [1, 2, 3]) spool.write(aChunk({ number }));
    expect(await spool.flush()).toEqual({ pending: 3 });

    isAway = false;

    await eventually(async () => (await stored()).length === 3);
    await eventually(() => spool.pending() === 0);
    await eventually(() => lines.some((line) => line.includes('the store is back')));
    expect(lines.filter((line) => line.includes('nobody answers'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('the store is back'))).toHaveLength(1);
  });

  it('delivers what an earlier process left', async () => {
    isAway = true;
    const earlier = aSpool();
    earlier.write(aChunk({ experimentId: 'left-behind' }));
    await earlier.close();
    isAway = false;

    const later = aSpool();

    expect(await later.flush()).toEqual({ pending: 0 });
    expect(await stored('left-behind')).toHaveLength(1);
  });

  it('still has the chunks of a process that was killed in the middle of its work', async () => {
    const killed = () =>
      execFileSync(process.execPath, [join(__dirname, 'killed-writer.cjs'), dir], { stdio: 'pipe', encoding: 'utf8' });

    expect(killed).toThrow();
    const spool = aSpool();
    await spool.flush();

    expect(await stored()).toHaveLength(50);
  });

  it('lets two processes deliver the same chunks without losing or doubling one', async () => {
    isAway = true;
    const first = aSpool();
    const second = aSpool();
    for (let number = 0; number < 40; number += 1) (number % 2 ? first : second).write(aChunk({ number }));
    isAway = false;

    await Promise.all([first.flush(), second.flush()]);

    expect((await stored()).map((chunk) => chunk.number)).toEqual(Array.from({ length: 40 }, (_none, index) => index));
    expect(first.pending()).toBe(0);
  });

  it('skips a torn file, reports it as a gap and delivers the rest', async () => {
    const spool = aSpool();
    isAway = true;
    spool.write(aChunk({ number: 1 }));
    spool.write(aChunk({ number: 2 }));
    const inside = join(dir, 'payment-7f3a');
    const [torn = ''] = readdirSync(inside);
    const whole = readFileSync(join(inside, torn), 'utf8');
    writeFileSync(join(inside, torn), whole.slice(0, whole.length / 2));
    isAway = false;

    expect(await spool.flush()).toEqual({ pending: 0 });

    expect(await stored()).toHaveLength(1);
    expect(lines.some((line) => line.includes(torn) && line.includes('is a gap'))).toBe(true);
    expect(readdirSync(inside)).toEqual([`${torn}.torn`]);
  });

  it('reports what a crash left half written', async () => {
    const inside = join(dir, 'payment-7f3a');
    mkdirSync(inside, { recursive: true });
    writeFileSync(join(inside, 'half.part'), '{"experimentId":"pay');
    utimesSync(join(inside, 'half.part'), 1, 1);

    await aSpool().flush();

    expect(lines.some((line) => line.includes('half.part') && line.includes('is a gap'))).toBe(true);
    expect(await stored()).toEqual([]);
  });

  it('does not let one chunk that the store refuses stand before the others', async () => {
    const picky: EvidenceStore = Object.create(store, {
      writeChunk: {
        value: (chunk: SeriesChunk) =>
          chunk.number === 3 ? Promise.reject(new Error('not this one')) : store.writeChunk(chunk),
      },
    });
    const spool = aSpool(() => picky);
    for (const number of [1, 2, 3, 4, 5]) spool.write(aChunk({ number }));

    expect(await spool.flush()).toEqual({ pending: 1 });

    expect((await stored()).map((chunk) => chunk.number)).toEqual([1, 2, 4, 5]);
  });

  it('never throws when nothing can be put on disk, and says which chunk is lost', async () => {
    writeFileSync(dir, 'a file where the folder should be');
    const spool = aSpool();

    expect(() => spool.write(aChunk())).not.toThrow();

    expect(await spool.flush()).toEqual({ pending: 0 });
    expect(lines).toEqual([
      expect.stringContaining('chunk payment-7f3a hold-1 success-rate 1 could not be put on disk'),
    ]);
  });

  it('keeps an id that looks like a path inside its folder', async () => {
    isAway = true;
    const spool = aSpool();

    spool.write(aChunk({ experimentId: '../../outside' }));

    expect(readdirSync(dir)).toHaveLength(1);
    expect(spool.pending('../../outside')).toBe(1);
    isAway = false;
    await spool.flush();
    expect(await stored('../../outside')).toHaveLength(1);
  });
});
