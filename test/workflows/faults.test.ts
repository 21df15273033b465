import type { Injection } from '../../src/domain/injection';
import { workflowId } from '../../src/domain/workflow-id';
import { release } from '../../workflows/messages';
import { aPlan, anInjectStep } from '../fakes/plan';
import type { Fakes } from '../harness/isolate/attempt';
import type { World } from './world';
import { worldsOfThisFile } from './worlds-of-this-file';

const aWorld = worldsOfThisFile();
const experiment = workflowId.experiment('e1');
const payment = workflowId.injection('sdk:payment');

const aBreach = {
  kind: 'guard',
  signal: 'success-rate',
  at: '2026-05-12T09:00:40.000Z',
  reason: 'guard tripped: success-rate was 0.2',
  readings: [],
} as const;

function ending(end: 'breached' | 'lost-sight' | 'blocked' | 'fault-ended', reason: string, world: World): World {
  world.observer.script = ({ purpose }) =>
    purpose !== 'hold'
      ? undefined
      : { afterMs: 8_000, end, reasons: [reason], breaches: end === 'breached' ? [{ ...aBreach, readings: [] }] : [] };
  return world;
}

test.each([
  ['breached', aBreach.reason, 'failed', 3],
  ['lost-sight', 'lost sight for 12 s', 'errored', 5],
  ['blocked', 'deployment is rolling', 'aborted', 4],
  ['fault-ended', 'e1-1-1 is absent', 'errored', 5],
] as const)('a hold that ends %s is rolled back and seen to recover: %s → %s', async (end, reason, word, rule) => {
  const world = ending(end, reason, aWorld());
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: word, rule });
  expect(verdict.reasons.join()).toContain(reason);
  expect(world.injection).toMatchObject({ end: 'absent' });
  expect(world.target.traces()).toEqual([]);
  const injected = world.target.log.find(({ act }) => act === 'injected');
  const rolledBack = world.target.log.find(({ act }) => act === 'rolled back');
  expect((rolledBack?.atMs ?? 0) - (injected?.atMs ?? 0)).toBeLessThan(10_000);
  if (word !== 'aborted') expect(world.evidence.observations.at(-1)?.purpose).toBe('recovery');
});

test('rolls back when inject fails, and errs', async () => {
  const injectFault: Fakes['injectFault'] = () => Promise.reject(new Error('connection refused'));
  const world = aWorld({ fakes: () => ({ injectFault }) });
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 2, reasons: ['connection refused'] });
  expect(world.target.count('rolled back')).toBeGreaterThan(0);
  expect(world.target.traces()).toEqual([]);
});

test('is refused when the target refuses the fault, and rolls back all the same', async () => {
  const world = aWorld({
    fakes: (_calm, target) => ({
      async armFault({ injection }) {
        target.arm(injection);
        target.rollBack(injection);
        target.arm(injection);
      },
    }),
  });
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'refused', rule: 2, reasons: ['its rollback has already come'] });
  expect(world.target.traces()).toEqual([]);
});

test('rolls back an inject that timed out but took effect, and says that it was injected', async () => {
  const world = aWorld({
    fakes: (_calm, target) => ({
      async injectFault({ injection }, attempt) {
        target.inject(injection);
        return attempt.hang();
      },
    }),
  });
  const { verdict } = await world.runToEnd();
  expect(verdict.verdict).toBe('errored');
  expect(verdict.reasons).not.toContain('nothing was injected');
  expect(world.injection).toMatchObject({ end: 'absent', injectedAt: expect.any(String) });
  expect(world.target.active()).toEqual([]);
  expect(world.evidence.observations.at(-1)?.purpose).toBe('recovery');
});

test('refuses a late inject after the rollback where the target has a fence', async () => {
  let late: Injection | undefined;
  const world = aWorld({
    fakes: (_calm, target) => ({
      async injectFault({ injection }, attempt) {
        late = injection;
        await attempt.sleep(40_000);
        target.inject(injection);
        return { injectedAt: attempt.now, status: target.status(injection) };
      },
    }),
  });
  await world.runToEnd();
  await world.temporal.advance(120_000);
  expect(late).toBeDefined();
  expect(world.target.count('injected')).toBe(0);
  expect(world.target.traces()).toEqual([]);
});

test('injects nothing when nobody watches within 30 s', async () => {
  const world = aWorld();
  world.observer.isBlind = true;
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'refused', rule: 2 });
  expect(verdict.reasons.join()).toMatch(/no observer was watching within 30 s/);
  expect(world.target.count('injected')).toBe(0);
  expect(world.target.traces()).toEqual([]);
});

test('injects nothing when steady state was seen too long ago', async () => {
  const world = aWorld({
    fakes: (calm) => ({
      async prepareFault(input, attempt) {
        if (attempt.number < 5) return attempt.hang();
        return calm.prepareFault(input, attempt);
      },
    }),
  });
  const { verdict } = await world.runToEnd({
    plan: aPlan({ steps: [anInjectStep({ injectWithinMs: 120_000 })] }),
  });
  expect(verdict).toMatchObject({ verdict: 'refused', rule: 2 });
  expect(verdict.reasons.join()).toMatch(/steady state was last seen \d+ s ago, at most 60 s/);
  expect(world.target.count('injected')).toBe(0);
});

test('stops by itself when its experiment is stuck', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  const injectedAtMs = world.temporal.clock.nowMs;
  world.observer.script = ({ purpose }) =>
    purpose === 'hold' ? { afterMs: 10_000_000, end: 'held', reasons: [] } : undefined;
  for (const input of world.observer.asked) Object.assign(input, { forMs: 10_000_000 });
  world.temporal.pause(experiment, 600_000);
  await world.temporal.runUntil(() => world.target.traces().length === 0, 600_000);
  expect(world.temporal.clock.nowMs - injectedAtMs).toBeLessThanOrEqual(30_000 + 60_000 + 30_000 + 1_000);
  const { verdict } = await world.result();
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 5 });
});

test('rolls back at once and gives the lock back when its experiment is terminated', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(10_000);
  const atMs = world.temporal.clock.nowMs;
  await world.temporal.terminate(experiment);
  await world.temporal.runUntil(() => world.target.traces().length === 0);
  expect(world.temporal.clock.nowMs - atMs).toBeLessThan(5_000);
  await world.temporal.advance(5_000);
  expect(world.temporal.open(payment)).toBeUndefined();
  expect((await world.runToEnd({ experimentId: 'e2' })).verdict.verdict).toBe('passed');
});

test('ends errored when its injection is terminated, after the observer has rolled back', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(10_000);
  const atMs = world.temporal.clock.nowMs;
  await world.temporal.terminate(payment);
  const { verdict } = await world.result();
  expect(verdict.verdict).toBe('errored');
  expect(world.injection).toMatchObject({
    end: 'absent',
    rollbackEvidence: expect.stringContaining('by the observer'),
  });
  const rolledBack = world.target.log.find(({ act }) => act === 'rolled back');
  expect((rolledBack?.atMs ?? Infinity) - atMs).toBeLessThan(5_000);
});

test.each([true, false])(
  'after a reset aborts what it left behind and ends errored (children kept: %s)',
  async (isKept) => {
    const world = aWorld();
    await world.start();
    await world.untilInjected();
    await world.temporal.advance(5_000);
    if (isKept) {
      await world.temporal.terminate(experiment, true);
      await world.start();
      const { verdict } = await world.result();
      expect(verdict.verdict).toBe('errored');
      expect(verdict.reasons.join()).toMatch(/was reset while it held sdk:payment/);
    } else {
      await world.temporal.terminate(experiment);
      await world.start();
      await world.result();
    }
    expect(world.target.active()).toEqual([]);
  },
);

test('ends errored when a rollback does not succeed, keeps the lock and goes on until a person releases it', async () => {
  let tries = 0;
  const rollBackFault: Fakes['rollBackFault'] = () => {
    tries += 1;
    return Promise.reject(new Error('the control endpoint does not answer'));
  };
  const world = aWorld({ fakes: () => ({ rollBackFault }), features: { hasFence: true, hasLease: false } });
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 1 });
  await world.temporal.advance(3_600_000);
  expect(tries).toBeGreaterThan(600);
  expect(world.temporal.open(payment)?.logs.join()).toMatch(/HAS NOT SUCCEEDED/);
  const second = await world.runToEnd({ experimentId: 'e2' });
  expect(second.verdict).toMatchObject({ verdict: 'refused' });
  world.temporal.signal(payment, release, {
    injectionId: 'e1-1-1',
    by: { name: 'olga', groups: ['sre'] },
    reason: 'rebuilt',
  });
  await world.temporal.runUntil(() => !world.temporal.open(payment), 60_000);
  expect(world.temporal.run(payment).outcome).toMatchObject({
    status: 'completed',
    result: { end: 'released', rollbackEvidence: 'released by olga: rebuilt' },
  });
});

test('ends as soon as a rollback that failed at first succeeds', async () => {
  const world = aWorld({
    fakes: (calm) => ({
      async rollBackFault(input, attempt) {
        if (attempt.number < 4) throw new Error('the control endpoint does not answer');
        return calm.rollBackFault(input, attempt);
      },
    }),
  });
  expect((await world.runToEnd()).verdict.verdict).toBe('passed');
});

test('says so when drift was found, and is never green', async () => {
  const rollBackFault = async () => ({ end: 'drifted', foundActive: true, evidence: 'somebody changed it' }) as const;
  const world = aWorld({ fakes: () => ({ rollBackFault }) });
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 1 });
  expect(verdict.reasons.join()).toMatch(/drifted: somebody changed it/);
});
