import { ApplicationFailure } from '@temporalio/common';
import { failureType } from '../../src/domain/failure-type';
import { sweep } from '../../src/sweep/sweep';
import { workflowId } from '../../src/domain/workflow-id';
import { fakeFaultDriver } from '../fakes/fault-driver';
import { anInjection } from '../fakes/injection';
import type { FakeTarget } from '../workflows/fake-target';
import { worldsOfThisFile } from '../workflows/worlds-of-this-file';
import type { World } from '../workflows/world';
import { deafObserver } from './deaf-observer';
import { fakeOrchestrator } from './fake-orchestrator';
import { NoopHome } from './noop-home';

const aWorld = worldsOfThisFile();
/** A target on which nothing ends by itself: only we can end the fault. */
const lasting = { hasFence: true, hasLease: false };
const lock = workflowId.injection('sdk:payment');

async function untilGone(world: World, withinMs: number): Promise<boolean> {
  return world.temporal.runUntil(() => world.target.traces().length === 0, withinMs);
}

const endings: [string, number, (world: World) => Promise<void> | void][] = [
  ['is terminated', 5_000, ({ temporal }) => temporal.terminate(workflowId.experiment('e1'))],
  ['is cancelled in Temporal', 5_000, ({ temporal }) => temporal.cancel(workflowId.experiment('e1'))],
  ['is reset away', 91_000, ({ temporal }) => temporal.terminate(workflowId.experiment('e1'), true)],
  ['and every worker die for an hour', 3_630_000, ({ temporal }) => temporal.killWorkers(3_600_000)],
  [
    'and its workers die in one instant',
    65_000,
    async ({ temporal }) => {
      temporal.killWorkers(60_000);
      await temporal.terminate(workflowId.experiment('e1'));
    },
  ],
];

test.each(endings)('a fault is rolled back when its experiment %s', async (_how, withinMs, happen) => {
  const world = aWorld({ features: lasting });
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(2_000);
  await happen(world);
  expect(await untilGone(world, withinMs)).toBe(true);
  expect(world.target.count('rolled back')).toBeGreaterThan(0);
});

test('a fault is rolled back by the experiment itself, and seen gone, when watching it fails', async () => {
  const world: World = aWorld({
    features: lasting,
    fakes: (calm) => ({
      observe: async (input, attempt) => {
        if (input.purpose !== 'hold') return calm.observe(input, attempt);
        void deafObserver(calm, () => world)(input, attempt);
        await attempt.sleep(5_000);
        throw ApplicationFailure.nonRetryable('the probe broke', failureType.invalid);
      },
    }),
  });
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 5, reasons: expect.arrayContaining(['the probe broke']) });
  expect(world.target.count('injected')).toBe(1);
  expect(world.target.traces()).toEqual([]);
});

test('a fault that its experiment and its observer forgot is ended by its own hard stop', async () => {
  const world: World = aWorld({
    features: lasting,
    fakes: (calm) => ({ observe: deafObserver(calm, () => world) }),
  });
  await world.start();
  await world.untilInjected();
  await world.temporal.terminate(workflowId.experiment('e1'), true);
  expect(await untilGone(world, 121_000)).toBe(true);
});

test('a fault whose inject was carried out and never answered is rolled back', async () => {
  const world = aWorld({
    features: lasting,
    fakes: (_calm, target) => ({
      injectFault: ({ injection }, attempt) => {
        target.inject(injection);
        return attempt.hang();
      },
    }),
  });
  const { verdict } = await world.runToEnd();
  expect(verdict.verdict).not.toBe('passed');
  expect(world.target.count('injected')).toBe(1);
  expect(world.target.traces()).toEqual([]);
});

test('a rollback that fails for an hour is tried until it succeeds, and the target stays locked meanwhile', async () => {
  let healsAtMs = Infinity;
  const world = aWorld({
    features: lasting,
    fakes: (calm) => ({
      observe: async (input, attempt) => calm.observe(input, attempt),
      rollBackFault: async (input, attempt) => {
        if (attempt.nowMs < healsAtMs) throw new Error('the target does not answer');
        return calm.rollBackFault(input, attempt);
      },
    }),
  });
  healsAtMs = world.temporal.clock.nowMs + 3_600_000;
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 1 });
  expect(world.temporal.open(lock)).toBeDefined();
  expect(await untilGone(world, 3_600_000)).toBe(true);
});

test('a fault on a target without a fence is rolled back again after the last inject can have arrived', async () => {
  const world = aWorld({
    features: { hasFence: false, hasLease: false },
    fakes: (_calm, target) => ({ injectFault: (input, attempt) => arriveLate(input, attempt, target) }),
  });
  await world.start();
  await world.temporal.runUntil(() => world.observer.asked.some(({ purpose }) => purpose === 'hold'));
  await world.temporal.advance(2_000);
  await world.temporal.terminate(workflowId.experiment('e1'));
  expect(await world.temporal.runUntil(() => world.target.count('injected') > 0)).toBe(true);
  expect(await untilGone(world, 60_000)).toBe(true);
});

/** An attempt that its worker gave up, and that reaches the target only twelve seconds later. */
function arriveLate(
  { injection }: Parameters<World['temporal']['fakes']['injectFault']>[0],
  attempt: Parameters<World['temporal']['fakes']['injectFault']>[1],
  target: FakeTarget,
): Promise<never> {
  void attempt.sleep(12_000).then(() => target.inject(injection));
  return Promise.reject(new Error('the connection broke'));
}

describe('the sweep', () => {
  let home: NoopHome;
  beforeEach(() => (home = new NoopHome()));
  afterEach(() => home.remove());

  test.each([
    ['is closed', undefined],
    ['holds another injection', { injectionId: 'another-1-1', experimentId: 'another' }],
  ])('removes a real fault whose workflow %s', async (_how, holder) => {
    await home.inject(anInjection());
    const report = await home.sweepAsWorker(fakeOrchestrator({ findHolder: async () => holder }), 'home-of-tests');
    expect(report.removed).toHaveLength(1);
    expect(home.files()).toEqual([]);
  });

  test('leaves a real fault whose workflow is open, and one of which Temporal says nothing, until notAfter', async () => {
    const injection = anInjection();
    await home.inject(injection);
    const { injectionId, experimentId } = injection;
    const answers = [async () => ({ injectionId, experimentId }), () => Promise.reject(new Error('away'))];
    for (const findHolder of answers)
      expect((await home.sweepAsWorker(fakeOrchestrator({ findHolder }), 'home-of-tests')).removed).toEqual([]);
    expect(home.files()).toHaveLength(1);
  });

  test('ends a fault although the system swept before it hangs and another rollback fails', async () => {
    const removed: string[] = [];
    const overdue = anInjection({ notAfter: new Date(0).toISOString() });
    const listFaults = async () => [overdue];
    const drivers = [
      fakeFaultDriver({ kind: 'fake/hangs', listFaults: () => new Promise(() => undefined) }),
      fakeFaultDriver({ kind: 'fake/fails', listFaults, rollback: () => Promise.reject(new Error('stuck')) }),
      fakeFaultDriver({
        kind: 'fake/works',
        listFaults,
        rollback: async ({ injectionId }) => {
          removed.push(injectionId);
          return { end: 'absent', foundActive: true, evidence: 'removed' };
        },
      }),
    ];
    const environments = [{ name: 'demo', connections: () => ({}), optedIn: () => [] }];
    await sweep({ drivers, environments, now: Date.now, timeoutMs: 50 });
    expect(removed).toEqual([overdue.injectionId]);
  });
});
