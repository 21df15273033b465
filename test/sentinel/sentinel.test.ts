import { IncompleteList } from '../../activities/faults/incomplete-list';
import type { AnyFaultDriver } from '../../src/domain/fault-driver';
import type { Injection } from '../../src/domain/injection';
import { startSentinel, type Sentinel, type SentinelOptions } from '../../src/sentinel/sentinel';
import { eventually } from '../contract/eventually';
import { rawHttp } from '../contract/raw-http';
import { fakeFaultDriver } from '../fakes/fault-driver';
import { anInjection } from '../fakes/injection';

const demo = { name: 'demo', connections: () => ({}), optedIn: () => [] };
const forever = { expiry: 'none', hasFence: true, isReversible: true, countsHits: false, scope: 'nothing' } as const;

/** A driver over a list in memory. */
function fakeFaults(faults: Set<Injection>, change: Partial<AnyFaultDriver> = {}): AnyFaultDriver {
  return fakeFaultDriver({
    listFaults: async () => [...faults],
    rollback: async (fault) => {
      for (const one of faults) if (one.injectionId === fault.injectionId) faults.delete(one);
      return { end: 'absent', foundActive: true, evidence: 'removed' };
    },
    ...change,
  });
}

describe('the sentinel', () => {
  const started: Sentinel[] = [];
  const start = async (options: Partial<SentinelOptions>) => {
    const readEnvironments = () => ({ environments: [demo], problems: [] });
    const sentinel = await startSentinel({ drivers: [], readEnvironments, everyMs: 20, ...options });
    started.push(sentinel);
    return sentinel;
  };
  const health = async ({ port }: Sentinel) => JSON.parse((await rawHttp(port, 'GET', '/health')).text);
  afterEach(async () => {
    for (const sentinel of started.splice(0)) {
      sentinel.leave();
      await sentinel.ended;
    }
  });

  it('says at GET /health which environments it sweeps, when it last did, how many faults are left and who it is', async () => {
    const drivers = [fakeFaults(new Set([anInjection()]), { rollback: fakeFaultDriver().rollback })];
    const nowMs = Date.now();
    let isOver = false;
    const sentinel = await start({
      drivers,
      now: () => (isOver ? nowMs + 3_600_000 : nowMs),
      isParentAlive: async () => true,
    });
    await eventually('the first sweep', 5_000, async () => (await health(sentinel)).faults === 1);
    expect(await health(sentinel)).toMatchObject({
      environments: ['demo'],
      faults: 1,
      pid: process.pid,
      lastSweepAt: new Date(nowMs).toISOString(),
    });
    expect((await rawHttp(sentinel.port, 'GET', '/elsewhere')).status).toBe(404);
    isOver = true;
    drivers[0] = fakeFaults(new Set());
  });

  it('removes a fault once its notAfter has passed and not before', async () => {
    const faults = new Set([anInjection()]);
    let nowMs = Date.now();
    const sentinel = await start({ drivers: [fakeFaults(faults)], now: () => nowMs });
    await eventually('a sweep', 5_000, async () => (await health(sentinel)).faults === 1);
    expect(faults.size).toBe(1);
    nowMs += 60_001;
    await eventually('the removal', 5_000, async () => faults.size === 0);
  });

  it('leaves when its parent is gone and nothing is left, and not before', async () => {
    const faults = new Set([anInjection()]);
    let isParentAlive = true;
    let sweeps = 0;
    const drivers = [fakeFaults(faults, { listFaults: async () => ((sweeps += 1), [...faults]) })];
    const sentinel = await start({ drivers, isParentAlive: async () => isParentAlive });
    let hasLeft = false;
    void sentinel.ended.then(() => (hasLeft = true));
    isParentAlive = false;
    const from = sweeps;
    await eventually('more sweeps', 5_000, async () => sweeps > from + 3);
    expect(hasLeft).toBe(false);
    faults.clear();
    await sentinel.ended;
    expect(hasLeft).toBe(true);
  });

  it('stays while it cannot list the faults of a kind that nobody else ends', async () => {
    let isAway = true;
    let sweeps = 0;
    const listFaults = async () => {
      sweeps += 1;
      if (isAway) throw new IncompleteList([], ['no answer']);
      return [];
    };
    const drivers = [fakeFaultDriver({ capabilities: forever, listFaults })];
    const sentinel = await start({ drivers, isParentAlive: async () => false });
    await eventually('several sweeps', 5_000, async () => sweeps > 3);
    expect(await health(sentinel)).toMatchObject({ neededBy: ['demo'], problems: ['demo fake/nothing: no answer'] });
    isAway = false;
    await sentinel.ended;
  });

  it('leaves although a kind that ends by itself cannot be listed', async () => {
    const drivers = [fakeFaultDriver({ listFaults: () => Promise.reject(new Error('the shop is closed')) })];
    const sentinel = await start({ drivers, isParentAlive: async () => false });
    await expect(sentinel.ended).resolves.toBeUndefined();
  });

  it('stays for an environment that had a fault and whose file cannot be read any more', async () => {
    const faults = new Set([anInjection()]);
    let isReadable = true;
    let reads = 0;
    const readEnvironments = () => ((reads += 1), { environments: isReadable ? [demo] : [], problems: [] });
    const sentinel = await start({ drivers: [fakeFaults(faults)], readEnvironments, isParentAlive: async () => false });
    await eventually('a sweep', 5_000, async () => (await health(sentinel)).faults === 1);
    isReadable = false;
    const from = reads;
    await eventually('more sweeps', 5_000, async () => reads > from + 3);
    expect(await health(sentinel)).toMatchObject({ neededBy: ['demo'] });
    faults.clear();
    isReadable = true;
    await sentinel.ended;
  });

  it('leaves, saying so, once the file of an environment has been gone for a minute and its faults are over', async () => {
    const said: string[] = [];
    let [nowMs, isThere, looks] = [Date.now(), true, 0];
    const notAfter = new Date(nowMs + 3_600_000).toISOString();
    const sentinel = await start({
      drivers: [fakeFaults(new Set([anInjection({ notAfter }), anInjection()]))],
      readEnvironments: () => ({ environments: isThere ? [demo] : [], problems: [] }),
      isGone: () => ((looks += 1), !isThere),
      log: (line) => void said.push(line),
      isParentAlive: async () => false,
      now: () => nowMs,
    });
    let hasLeft = false;
    void sentinel.ended.then(() => (hasLeft = true));
    const rounds = async (name: string) => {
      const from = looks;
      await eventually(name, 5_000, async () => looks > from + 3);
    };
    await eventually('a sweep', 5_000, async () => (await health(sentinel)).faults === 2);
    isThere = false;
    await rounds('it is away');
    nowMs += 59_000;
    await rounds('almost a minute');
    isThere = true;
    await rounds('it was only replaced');
    isThere = false;
    nowMs += 59_000;
    await rounds('it is away again');
    nowMs += 59_000;
    await rounds('almost a minute again');
    nowMs += 1_001;
    await rounds('a minute, and the fault has time left');
    nowMs = Date.parse(notAfter) + 59_999;
    await rounds('its time is only just over');
    expect({ hasLeft, said }).toEqual({ hasLeft: false, said: [] });
    nowMs += 1;
    await sentinel.ended;
    expect(said).toEqual([
      expect.stringMatching(/leaves environment demo although a fault may be left.*gone for 60 s.*to end by 2/),
    ]);
    expect(said[0]).toContain(notAfter);
  });

  it('stays for a fault that it sees and cannot remove, however long its file is gone', async () => {
    const fault = anInjection();
    let [nowMs, looks] = [Date.parse(fault.notAfter) - 1, 0];
    let isStuck = true;
    const faults = new Set([fault]);
    const rollback: AnyFaultDriver['rollback'] = async () => {
      if (isStuck) throw new Error('forbidden');
      faults.clear();
      return { end: 'absent', foundActive: true, evidence: 'removed' };
    };
    const sentinel = await start({
      drivers: [fakeFaults(faults, { capabilities: forever, rollback })],
      isGone: () => ((looks += 1), true),
      isParentAlive: async () => false,
      now: () => nowMs,
    });
    for (const laterMs of [0, 60_001, 3_600_000]) {
      nowMs += laterMs;
      const from = looks;
      await eventually('more rounds', 5_000, async () => looks > from + 3);
    }
    expect(await health(sentinel)).toMatchObject({ neededBy: ['demo'], problems: ['demo fake/nothing: forbidden'] });
    isStuck = false;
    await sentinel.ended;
  });

  it('leaves a place that it never could look at once its file has been gone for a minute', async () => {
    const said: string[] = [];
    let [nowMs, looks] = [Date.now(), 0];
    const listFaults = () => Promise.reject(new Error('no answer'));
    const sentinel = await start({
      drivers: [fakeFaultDriver({ capabilities: forever, listFaults })],
      isGone: () => ((looks += 1), true),
      log: (line) => void said.push(line),
      isParentAlive: async () => false,
      now: () => nowMs,
    });
    await eventually('several rounds', 5_000, async () => looks > 3);
    expect(said).toEqual([]);
    nowMs += 60_000;
    await sentinel.ended;
    expect(said).toEqual([expect.stringContaining('knows of no fault there')]);
  });

  it('names the kinds that it looks for, and those whose last sweep failed', async () => {
    const elsewhere = { ...fakeFaultDriver().system, name: 'elsewhere' };
    const drivers = [
      fakeFaultDriver({ kind: 'fake/well' }),
      fakeFaultDriver({ kind: 'fake/ill', listFaults: () => Promise.reject(new Error('no answer')) }),
      fakeFaultDriver({ kind: 'elsewhere/unconnected', system: elsewhere }),
    ];
    const connections = (system: string) => (system === 'fake' ? {} : undefined);
    const readEnvironments = () => ({ environments: [{ ...demo, connections }], problems: [] });
    const sentinel = await start({ drivers, readEnvironments });
    await eventually('a sweep', 5_000, async () => (await health(sentinel)).lastSweepAt !== undefined);
    expect(await health(sentinel)).toMatchObject({
      watched: [
        { environment: 'demo', fault: 'fake/well' },
        { environment: 'demo', fault: 'fake/ill' },
      ],
      failing: [{ environment: 'demo', fault: 'fake/ill', reason: 'no answer' }],
    });
  });

  it('goes on when the environments cannot be read at all', async () => {
    let isBroken = true;
    const readEnvironments = () => {
      if (isBroken) throw new Error('no folder');
      return { environments: [demo], problems: [] };
    };
    const sentinel = await start({ readEnvironments });
    await eventually('the problem', 5_000, async () => (await health(sentinel)).problems[0] === 'no folder');
    isBroken = false;
    await eventually('a sweep', 5_000, async () => (await health(sentinel)).environments[0] === 'demo');
  });
});
