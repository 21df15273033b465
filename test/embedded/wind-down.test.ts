import { join } from 'node:path';
import type { AnyFaultDriver } from '../../src/domain/fault-driver';
import type { PatienceOptions } from '../../src/embedded/patience';
import { windDown } from '../../src/embedded/wind-down';
import { FakeGameday } from '../api/fake-gameday';
import { aPlan } from '../api/make';
import { eventually } from '../contract/eventually';
import { anInjection } from '../fakes/injection';
import { useTemporaryFolder } from './temporary-folder';
import { aDriver, aFolder, anOpenInjection } from './way-out';

const home = useTemporaryFolder();
const ada = { name: 'ada', groups: [] };
const forever = { expiry: 'none', hasFence: true, isReversible: true, countsHits: false, scope: 'nothing' } as const;

/** A way out of an installation in memory, whose clock stands until a test moves it. */
async function aWayOut(drivers: AnyFaultDriver[] = [aDriver([])], patience: Partial<PatienceOptions> = {}) {
  const [gameday, said] = [new FakeGameday(), [] as string[]];
  const input = { experimentId: 'one', plan: aPlan(), planHash: 'hash', startedBy: ada, isRehearsal: false };
  await gameday.start(input);
  const clock = { nowMs: 0 };
  const way = windDown({
    gameday,
    folder: aFolder(join(home(), 'environments'), drivers),
    patience: { now: () => clock.nowMs, pauseMs: 1, ...patience },
    home: 'home-of-tests',
  });
  const log = (line: string): void => void said.push(line);
  const leave = () => way.seeThrough({ keep: false, log });
  return { gameday, said, clock, way, leave, removeRest: () => way.removeRest(log) };
}

describe('winding down', () => {
  it('aborts what is open, waits for its end and for the last injection, and leaves nothing', async () => {
    const { gameday, said, leave, removeRest } = await aWayOut();
    gameday.injections = [anOpenInjection];
    const leaving = leave();
    await eventually('the abort', 5_000, async () => gameday.aborted.length === 1);
    gameday.terminate('one');
    await eventually('it waits for the injection', 5_000, async () => said.some((line) => line.includes('seen gone')));
    gameday.injections = [];
    await leaving;
    expect(said[0]).toBe('rolling back and ending one');
    expect(await removeRest()).toEqual([]);
  });

  it('says every ten seconds what it waits for', async () => {
    const { gameday, said, clock, leave } = await aWayOut();
    const leaving = leave();
    await eventually('the abort', 5_000, async () => gameday.aborted.length === 1);
    expect(said).toEqual(['rolling back and ending one']);
    clock.nowMs += 10_000;
    await eventually('the first', 5_000, async () => said.length === 2);
    clock.nowMs += 10_000;
    await eventually('the second', 5_000, async () => said.length === 3);
    expect(said.slice(1)).toEqual(Array.from({ length: 2 }, () => 'still waiting until one has ended'));
    gameday.terminate('one');
    await leaving;
  });

  it('aborts again until Temporal has taken it', async () => {
    const { gameday, leave } = await aWayOut();
    const abort = gameday.abort.bind(gameday);
    let attempts = 0;
    gameday.abort = async (...told) => {
      attempts += 1;
      if (attempts < 3) throw new Error('no connection');
      await abort(...told);
    };
    const leaving = leave();
    await eventually('the third attempt', 5_000, async () => gameday.aborted.length === 1);
    gameday.terminate('one');
    await leaving;
    expect(attempts).toBe(3);
  });

  it.each(['while it waits for the end', 'before it could ask anything'])(
    'goes on after a minute without any answer of Temporal %s, and says so',
    async (when) => {
      const { gameday, said, clock, leave } = await aWayOut();
      if (when.startsWith('before')) gameday.outage = 'refuses';
      const leaving = leave();
      if (when.startsWith('while')) await eventually('the abort', 5_000, async () => gameday.aborted.length === 1);
      gameday.outage = 'refuses';
      clock.nowMs += 59_000;
      await eventually('it waits', 5_000, async () => said.some((line) => line.startsWith('still waiting')));
      clock.nowMs += 60_000;
      await leaving;
      expect(said.at(-1)).toMatch(/^not everything was seen to its end: .* Temporal has not answered for 60 s/);
    },
  );

  it('does not wait for a Temporal that has ended for good', async () => {
    const { gameday, said, leave } = await aWayOut(undefined, { isHopeless: async () => true });
    gameday.outage = 'refuses';
    await leave();
    expect(said.at(-1)).toContain('the local Temporal server has ended');
  });

  it('waits a bounded time where a worker has failed, because nobody may be left to see it through', async () => {
    let hasFailed = false;
    const { gameday, said, clock, leave } = await aWayOut(undefined, {
      withinMs: () => (hasFailed ? 15_000 : undefined),
    });
    const leaving = leave();
    await eventually('the abort', 5_000, async () => gameday.aborted.length === 1);
    clock.nowMs += 3_600_000;
    hasFailed = true;
    await eventually('it still waits', 5_000, async () => said.length > 1);
    clock.nowMs += 15_000;
    await leaving;
    expect(said.at(-1)).toContain('it has not happened within 15 s');
  });
});

describe('the last sweep', () => {
  it('tells what it removed', async () => {
    const fault = anInjection();
    const { said, gameday, leave, removeRest } = await aWayOut([aDriver([fault])]);
    gameday.terminate('one');
    await leave();
    expect(await removeRest()).toEqual([]);
    expect(said.at(-1)).toBe(
      `removed ${fault.injectionId} on ${fault.lockKey}, which nobody watches any more: removed`,
    );
  });

  it.each([
    [
      'could not be removed',
      { rollback: () => Promise.reject(new Error('no permission')) },
      /could not be removed: no/,
    ],
    [
      'has drifted',
      { rollback: async () => ({ end: 'drifted' as const, foundActive: false, evidence: 'a foreign value' }) },
      /has drifted: a foreign value/,
    ],
  ])('says that a fault is left that %s', async (_, change, told) => {
    const { gameday, leave, removeRest } = await aWayOut([aDriver([anInjection()], change)]);
    gameday.terminate('one');
    await leave();
    expect(await removeRest()).toEqual([expect.stringMatching(told)]);
  });

  const closed = { listFaults: () => Promise.reject(new Error('the shop is closed')) };

  it('fears nothing of a kind that ends by itself and cannot be asked, once every injection was seen gone', async () => {
    const { gameday, leave, removeRest } = await aWayOut([aDriver([], closed)]);
    gameday.terminate('one');
    await leave();
    expect(await removeRest()).toEqual([]);
  });

  it('says that a fault may be left where nothing was seen gone and a target cannot be asked', async () => {
    const { gameday, leave, removeRest } = await aWayOut([aDriver([], closed)], { isHopeless: async () => true });
    gameday.outage = 'refuses';
    await leave();
    expect(await removeRest()).toEqual(['fake/nothing in demo could not be asked: the shop is closed']);
  });

  it('says that a fault may be left of a kind that nobody else ends and that cannot be asked', async () => {
    const { gameday, leave, removeRest } = await aWayOut([aDriver([], { ...closed, capabilities: forever })]);
    gameday.terminate('one');
    await leave();
    expect(await removeRest()).toEqual([expect.stringContaining('could not be asked: the shop is closed')]);
  });
});

describe('what would be left', () => {
  it('is what the targets list and what nobody has seen gone', async () => {
    const fault = anInjection();
    const { gameday, way } = await aWayOut([aDriver([fault])]);
    gameday.injections = [anOpenInjection];
    const { faults, troubles } = await way.remaining();
    expect(faults.map(({ injectionId }) => injectionId)).toEqual([fault.injectionId, 'one-1-1']);
    expect(troubles).toEqual([]);
  });

  it('carries who could not be asked: a target, Temporal', async () => {
    const { gameday, way } = await aWayOut([
      aDriver([], { listFaults: () => Promise.reject(new Error('the shop is closed')) }),
    ]);
    gameday.outage = 'refuses';
    expect(await way.remaining()).toEqual({
      faults: [],
      troubles: [
        'fake in demo: the shop is closed',
        expect.stringContaining('Temporal, for the injections that are open'),
      ],
    });
  });
});
