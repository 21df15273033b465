import type { Injection } from '../../src/domain/injection';
import { workflowId } from '../../src/domain/workflow-id';
import { release } from '../../workflows/messages';
import { aPlan, anInjectStep } from '../fakes/plan';
import type { Attempt, Fakes } from '../harness/isolate/attempt';
import type { FakeTarget } from './fake-target';
import type { World, WorldOptions } from './world';
import { worldsOfThisFile } from './worlds-of-this-file';

const aWorld = worldsOfThisFile();
const experiment = workflowId.experiment('e1');
const payment = workflowId.injection('sdk:payment');
const timeoutMs = 15_000;

/** A target that cannot refuse what comes late and never forgets a fault by itself. */
function unfenced(fakes: WorldOptions['fakes'] = () => ({})): World {
  return aWorld({ features: { hasFence: false, hasLease: false }, fakes });
}

function planOf(forMs: number) {
  return aPlan({ steps: [anInjectStep({ forMs })] });
}

/** The first attempt is given up by its worker and reaches the target only so much later; the next ones succeed. */
const landing =
  (afterMs: number, isAnswered = true) =>
  (calm: Fakes, target: FakeTarget): Partial<Fakes> => ({
    async injectFault(input, attempt) {
      if (attempt.number === 1) landLater(target, input.injection, attempt, afterMs);
      if (attempt.number === 1 || !isAnswered) throw new Error('the connection broke');
      return calm.injectFault(input, attempt);
    },
  });

function landLater(target: FakeTarget, injection: Injection, attempt: Attempt, afterMs: number): void {
  void attempt.sleep(afterMs).then(() => target.inject(injection));
}

/** Rollbacks fail while `isDown` says so. */
const failing =
  (isDown: (world: { target: FakeTarget; nowMs: number }) => boolean) =>
  (calm: Fakes, target: FakeTarget): Partial<Fakes> => ({
    async rollBackFault(input, attempt) {
      if (isDown({ target, nowMs: attempt.nowMs })) throw new Error('the target does not answer');
      return calm.rollBackFault(input, attempt);
    },
  });

const isAfterFirst = ({ target }: { target: FakeTarget }): boolean => target.count('rolled back') > 0;

function atMs(world: World, act: 'injected' | 'rolled back', which: 0 | -1): number {
  return world.target.log.filter((event) => event.act === act).at(which)?.atMs ?? Number.NaN;
}

/** Lets time run until the first rollback is done and what may come late is waited for. */
async function untilSettling(world: World): Promise<void> {
  await world.temporal.runUntil(() => world.target.count('rolled back') === 1);
  await world.temporal.advance(1_000);
}

function releaseIt(world: World): void {
  const by = { name: 'olga', groups: ['sre'] };
  world.temporal.signal(payment, release, { injectionId: 'e1-1-1', by, reason: 'rebuilt' });
}

test('looks again when the last inject can have arrived, and passes when nothing came back', async () => {
  const world = unfenced();
  const { verdict } = await world.runToEnd({ plan: planOf(3_000) });
  expect(verdict.verdict).toBe('passed');
  expect(world.target.count('rolled back')).toBe(2);
  expect(atMs(world, 'rolled back', -1)).toBe(atMs(world, 'injected', 0) + timeoutMs);
  expect(Date.parse(world.injection.rolledBackAt ?? '')).toBe(atMs(world, 'rolled back', 0));
  expect(world.injection).not.toHaveProperty('isSettling');
  expect(world.injection).not.toHaveProperty('cameBackAt');
});

test('keeps the lock and decides nothing before it has looked again', async () => {
  const world = unfenced();
  world.observer.script = ({ purpose }) =>
    purpose === 'recovery' ? { afterMs: 1_000, end: 'held', reasons: [] } : undefined;
  await world.start({ plan: planOf(3_000) });
  await untilSettling(world);
  await world.temporal.advance(timeoutMs - 5_500);
  expect(world.target.count('rolled back')).toBe(1);
  expect(world.temporal.open(payment)).toBeDefined();
  expect(world.stored).toEqual([]);
  expect((await world.result()).verdict.verdict).toBe('passed');
  await world.temporal.advance(1_000);
  expect(world.temporal.open(payment)).toBeUndefined();
});

test('waits for nothing when the hold has outlasted every attempt', async () => {
  const world = unfenced();
  expect((await world.runToEnd({ plan: planOf(60_000) })).verdict.verdict).toBe('passed');
  expect(world.target.count('rolled back')).toBe(1);
});

test('removes a late inject that landed after the rollback, says so and is not green', async () => {
  const world = unfenced(landing(12_000));
  const { verdict } = await world.runToEnd({ plan: planOf(3_000) });
  expect(world.target.count('injected')).toBe(2);
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 5 });
  expect(verdict.reasons.join()).toMatch(/e1-1-1 came back after its rollback by a late inject/);
  expect(world.injection).toMatchObject({ end: 'absent', cameBackAt: expect.any(String) });
  expect(world.injection.rollbackEvidence).toMatch(/came back by a late inject and was removed again/);
  expect(Date.parse(world.injection.rolledBackAt ?? '')).toBeGreaterThan(atMs(world, 'injected', -1));
  expect(world.target.active()).toEqual([]);
});

test('looks once more after what came back, since another attempt may follow', async () => {
  const world = unfenced((calm, target) => ({
    async injectFault(input, attempt) {
      if (attempt.number === 1)
        for (const afterMs of [12_000, 24_000]) landLater(target, input.injection, attempt, afterMs);
      if (attempt.number === 1) throw new Error('the connection broke');
      return calm.injectFault(input, attempt);
    },
  }));
  const { verdict } = await world.runToEnd({ plan: planOf(3_000) });
  expect(world.target.count('injected')).toBe(3);
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 5 });
  expect(world.target.active()).toEqual([]);
});

test('tells the harm of an inject that never answered and landed late, and sees the system recover', async () => {
  const world = unfenced(landing(12_000, false));
  const plan = aPlan({ steps: [anInjectStep({ forMs: 3_000, injectWithinMs: 5_000 })] });
  const { verdict } = await world.runToEnd({ plan });
  expect(world.target.count('injected')).toBe(1);
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 5 });
  expect(verdict.reasons.join()).toMatch(/came back/);
  expect(world.injection).toMatchObject({ end: 'absent', injectedAt: expect.any(String) });
  expect(world.evidence.observations.at(-1)?.purpose).toBe('recovery');
});

test('removes what lands after an abort before it says that the experiment has ended', async () => {
  const world = unfenced((_calm, target) => ({
    async injectFault({ injection }, attempt) {
      landLater(target, injection, attempt, 20_000);
      return attempt.hang();
    },
  }));
  await world.start();
  await world.temporal.runUntil(() => world.observer.asked.some(({ purpose }) => purpose === 'hold'));
  await world.temporal.advance(1_000);
  world.abort();
  const { verdict } = await world.result();
  expect(verdict).toMatchObject({ verdict: 'aborted', rule: 4 });
  expect(world.target.count('injected')).toBe(1);
  expect(world.target.active()).toEqual([]);
});

test('begins no further step before an earlier one has settled, and none after one that came back', async () => {
  const second = anInjectStep({ id: '2', forMs: 3_000, target: { service: 'basket' } });
  const { environment } = aPlan();
  const limits = { ...environment.limits, targetsMax: 2, concurrentInjectionsMax: 2 };
  const plan = aPlan({
    steps: [anInjectStep({ forMs: 3_000 }), second],
    blastRadius: { targetsMax: 2, trafficPercentMax: 40 },
    environment: { ...environment, limits },
  });
  const calm = unfenced();
  expect((await calm.runToEnd({ plan })).verdict.verdict).toBe('passed');
  const secondBaseline = calm.evidence.observations.find(({ id }) => id === 'baseline-2');
  expect(Date.parse(secondBaseline?.startedAt ?? '')).toBeGreaterThanOrEqual(atMs(calm, 'injected', 0) + timeoutMs);
  const harmed = unfenced(landing(12_000));
  expect((await harmed.runToEnd({ plan })).verdict).toMatchObject({ verdict: 'errored', rule: 5 });
  expect(harmed.target.count('injected', 'e1-2-1')).toBe(0);
});

test('goes on looking while the target does not answer, and passes once it has seen that nothing came back', async () => {
  let downUntilMs = 0;
  const world = unfenced(failing((now) => isAfterFirst(now) && now.nowMs < downUntilMs));
  downUntilMs = world.temporal.clock.nowMs + 100_000;
  const { verdict } = await world.runToEnd({ plan: planOf(3_000) });
  expect(verdict.verdict).toBe('passed');
  expect(atMs(world, 'rolled back', -1)).toBeGreaterThanOrEqual(downUntilMs);
});

test('errs, keeps the lock and is loud when nobody can look again, until a person releases it', async () => {
  const world = unfenced(failing(isAfterFirst));
  const { verdict } = await world.runToEnd({ plan: planOf(3_000) });
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 1 });
  await world.temporal.advance(3_600_000);
  expect(world.temporal.open(payment)?.logs.join()).toMatch(/HAS NOT SUCCEEDED/);
  expect((await world.runToEnd({ experimentId: 'e2' })).verdict.verdict).toBe('refused');
  releaseIt(world);
  await world.temporal.runUntil(() => !world.temporal.open(payment), 60_000);
  const ended = { status: 'completed', result: { end: 'released', rollbackEvidence: 'released by olga: rebuilt' } };
  expect(world.temporal.run(payment).outcome).toMatchObject(ended);
});

test('a release while it waits ends it at once, and is never green', async () => {
  const world = unfenced();
  await world.start({ plan: planOf(3_000) });
  await untilSettling(world);
  releaseIt(world);
  await world.temporal.advance(1_000);
  expect(world.temporal.open(payment)).toBeUndefined();
  const { verdict } = await world.result();
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 1 });
  expect(verdict.reasons.join()).toMatch(/ended released: .*released by olga: rebuilt/);
});

test('is not green when it is terminated while it waits', async () => {
  const world = unfenced();
  await world.start({ plan: planOf(3_000) });
  await untilSettling(world);
  await world.temporal.terminate(payment);
  const { verdict } = await world.result();
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 5 });
  expect(verdict.reasons.join()).toMatch(/nobody could say whether a late inject of e1-1-1 arrived/);
  expect(world.temporal.run(experiment).outcome?.status).toBe('completed');
});
