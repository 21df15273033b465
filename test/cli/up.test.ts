import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningUp, World } from '../../src/cli/world';
import { AlreadyUp } from '../../src/embedded/already-up';
import { describeProcess } from '../../src/embedded/process-note';
import { aVerdict, anEvidence } from '../api/make';
import { serve, type Served } from '../api/serve';
import { anUp, fakeWorld, type FakeWorld } from './fake-world';
import { until } from './until';

const access = { url: 'http://127.0.0.1:1', token: 'token' };

/** A world in which `up` has said that it is ready. */
async function ready(change: Partial<RunningUp>): Promise<{ world: FakeWorld; running: Promise<number> }> {
  const world = await fakeWorld(undefined, { bringUp: async () => anUp(access, change) });
  const running = world.run('up');
  await until(() => world.stdout.length > 0);
  return { world, running };
}

/** A promise that a test breaks. */
function aPart(): { ended: Promise<void>; fail(why: string): void } {
  let fail: (why: string) => void = () => undefined;
  const ended = new Promise<void>((_, reject) => (fail = (why) => reject(new Error(why))));
  return { ended, fail: (why) => fail(why) };
}

async function aQuickerOne(): Promise<AlreadyUp> {
  return new AlreadyUp(await describeProcess(process.pid, { url: access.url }));
}

describe('gameday up', () => {
  test('winds down by itself when a part has failed, says why and exits 2', async () => {
    const stops: unknown[] = [];
    const part = aPart();
    const { world, running } = await ready({ ended: part.ended, stop: async () => (stops.push('stopped'), []) });
    part.fail('a worker has failed: out of memory');

    expect(await running).toBe(2);
    expect(stops).toEqual(['stopped']);
    expect(world.stderr[0]).toBe('error: Gameday cannot go on: a worker has failed: out of memory');
  });

  test('exits 2 and says what may be left when not everything was seen gone', async () => {
    const { world, running } = await ready({ stop: async () => ['x-1-1 on noop:x was not seen gone'] });
    world.interrupt();

    expect(await running).toBe(2);
    expect(world.stderr).toContain('A fault may be left: x-1-1 on noop:x was not seen gone.');
    expect(world.stderr.at(-1)).toContain('gameday sweep --all');
  });

  test.each([
    ['names', async () => ({ faults: [], troubles: ['sdk in demo: the shop is closed'] })],
    ['cannot name', () => Promise.reject(new Error('sdk in demo: the shop is closed'))],
  ])('never claims that nothing is left when it %s who could not be asked', async (_, remaining) => {
    const { world, running } = await ready({ stop: () => new Promise(() => undefined), remaining });
    world.interrupt();
    await until(() => world.stderr.some((line) => line.startsWith('Stopping')));
    world.interrupt();

    expect(await running).toBe(2);
    expect(world.stderr.join('\n')).toMatch(/Could not be asked: .*sdk in demo: the shop is closed\./);
    expect(world.stderr.join('\n')).not.toContain('No fault is known');
  });

  test('says so when another one was quicker by a moment', async () => {
    const quicker = await aQuickerOne();
    const world = await fakeWorld(undefined, { bringUp: () => Promise.reject(quicker) });

    expect(await world.run('up')).toBe(0);
    expect(world.stdout).toEqual([`Gameday runs in this folder already, at ${access.url} (process ${process.pid}).`]);
  });

  test('waits for its turn instead of counting on one that is on its way out', async () => {
    const brought: string[] = [];
    const bringUp = async () => (brought.push('up'), anUp(access));
    const world = await fakeWorld({ ...access, pid: 4711, isLeaving: true }, { bringUp });
    const running = world.run('up');
    await until(() => world.stdout.length > 0);
    world.interrupt();

    expect(await running).toBe(0);
    expect(brought).toEqual(['up']);
  });
});

describe('gameday run with everything of its own', () => {
  let served: Served;
  let file: string;

  beforeEach(async () => {
    served = await serve();
    file = join(await mkdtemp(join(tmpdir(), 'gameday-up-')), 'scenario.yaml');
    await writeFile(file, 'kind: experiment\n');
  });

  afterEach(() => served.app.close());

  const api = () => ({ url: served.url, token: 'token-of-ada' });
  const theOne = () => [...served.gameday.runs.keys()][0] ?? '';

  async function run(change: Partial<World>): Promise<{ world: FakeWorld; running: Promise<number> }> {
    const world = await fakeWorld(undefined, change);
    const running = world.run('run', file);
    await until(() => served.gameday.runs.size === 1);
    return { world, running };
  }

  test('winds down when a part has failed, says so at once and exits 2', async () => {
    const stops: unknown[] = [];
    const part = aPart();
    const up = anUp(api(), { ended: part.ended, stop: async () => (stops.push('stopped'), []) });
    const { world, running } = await run({ bringUp: async () => up });
    part.fail('a worker has failed: out of memory');

    expect(await running).toBe(2);
    expect(stops).toEqual(['stopped']);
    const told = world.stderr.join('\n');
    expect(told).toContain('error: Gameday cannot go on: a worker has failed: out of memory');
    expect(told).toContain(`Could not see ${theOne()} to its end: a worker has failed: out of memory`);
  });

  test('exits 2 when a fault may be left, whatever the verdict is', async () => {
    const up = anUp(api(), { stop: async () => ['noop/nothing in demo could not be asked: no disk'] });
    const { world, running } = await run({ bringUp: async () => up });
    const verdict = aVerdict({ verdict: 'passed' });
    await served.store.saveEvidence(anEvidence({ experimentId: theOne() }), verdict);
    served.gameday.end(theOne(), verdict);

    expect(await running).toBe(2);
    expect(world.stderr).toContain('A fault may be left: noop/nothing in demo could not be asked: no disk.');
  });

  test('uses what another command started a moment before', async () => {
    const quicker = await aQuickerOne();
    let isUp = false;
    const bringUp = (): Promise<RunningUp> => {
      isUp = true;
      return Promise.reject(quicker);
    };
    const { running } = await run({ bringUp, findApi: async () => (isUp ? api() : undefined) });
    const verdict = aVerdict({ verdict: 'passed' });
    await served.store.saveEvidence(anEvidence({ experimentId: theOne() }), verdict);
    served.gameday.end(theOne(), verdict);

    expect(await running).toBe(0);
  });

  describe('whose own experiment has ended', () => {
    let stops: string[];
    const bringUp = async (): Promise<RunningUp> => anUp(api(), { stop: async () => (stops.push('stopped'), []) });
    const isWaiting = (world: FakeWorld) => world.stderr.some((line) => line.startsWith('Staying up until it can be'));
    beforeEach(() => (stops = []));

    /** Temporal is away from the moment on at which the experiment is over. */
    async function endInOutage(outage: 'refuses' | 'hangs'): Promise<{ world: FakeWorld; running: Promise<number> }> {
      const { world, running } = await run({ bringUp });
      const verdict = aVerdict({ verdict: 'passed' });
      await served.store.saveEvidence(anEvidence({ experimentId: theOne() }), verdict);
      const list = served.gameday.openExperiments.bind(served.gameday);
      served.gameday.openExperiments = async () => {
        served.gameday.outage = outage;
        return list();
      };
      served.gameday.end(theOne(), verdict);
      await until(() => isWaiting(world));
      return { world, running };
    }

    test.each(['refuses', 'hangs'] as const)(
      'stays up until somebody can say whether others are open when Temporal %s',
      async (outage) => {
        const { world, running } = await endInOutage(outage);
        expect(stops).toEqual([]);
        served.gameday.openExperiments = async () => ['of-somebody-else'];
        await until(() => world.stderr.some((line) => line.includes('until of-somebody-else has ended')));
        expect(stops).toEqual([]);
        served.gameday.openExperiments = async () => [];

        expect(await running).toBe(0);
        expect(stops).toEqual(['stopped']);
      },
    );

    test('leaves at Ctrl-C although nobody can say', async () => {
      const { world, running } = await endInOutage('refuses');
      world.interrupt();

      expect(await running).toBe(0);
      expect(stops).toEqual(['stopped']);
    });
  });
});
