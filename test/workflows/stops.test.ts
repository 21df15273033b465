import { workflowId } from '../../src/domain/workflow-id';
import { halt } from '../../workflows/messages';
import { aPlan, anInjectStep } from '../fakes/plan';
import { openEnvironment } from './virtual-orchestrator';
import { anApprovalPlan } from './world';
import type { World } from './world';
import { worldsOfThisFile } from './worlds-of-this-file';

const aWorld = worldsOfThisFile();
const experiment = workflowId.experiment('e1');

/** Aborts and expects the end within seconds, with nothing left. */
async function abortAndExpect(world: World, rule: 2 | 4): Promise<void> {
  const abortedAtMs = world.temporal.clock.nowMs;
  world.abort();
  const { verdict } = await world.result();
  expect(verdict).toMatchObject({ verdict: 'aborted', rule });
  expect(verdict.reasons.join()).toMatch(/olga: customers call/);
  expect(world.target.traces()).toEqual([]);
  expect(world.temporal.clock.nowMs - abortedAtMs).toBeLessThan(20_000);
  await world.temporal.advance(1_000);
  expect(world.temporal.open(workflowId.injection('sdk:payment'))).toBeUndefined();
  expect((await world.runToEnd({ experimentId: 'e2' })).verdict.verdict).toBe('passed');
}

const slowly = (
  name: 'surveyTargets' | 'admitInjection' | 'prepareFault' | 'armFault' | 'injectFault',
  ms = 5_000,
) => ({
  fakes: (calm: Parameters<NonNullable<NonNullable<Parameters<typeof aWorld>[0]>['fakes']>>[0]) => ({
    [name]: async (input: never, attempt: Parameters<(typeof calm)['armFault']>[1]) => {
      await attempt.sleep(ms);
      return calm[name](input, attempt);
    },
  }),
});

test('is aborted in preflight', async () => {
  const world = aWorld(slowly('surveyTargets'));
  await world.start();
  await world.untilPhase('preflight');
  await abortAndExpect(world, 2);
});

test('is aborted while people are asked', async () => {
  const world = aWorld();
  await world.start({ plan: anApprovalPlan() });
  await world.untilPhase('approval');
  await abortAndExpect(world, 2);
});

test('is aborted in baseline', async () => {
  const world = aWorld();
  await world.start();
  await world.untilPhase('baseline');
  await abortAndExpect(world, 2);
  expect(world.target.count('injected', 'e1-1-1')).toBe(0);
});

test.each(['admitInjection', 'prepareFault', 'armFault'] as const)(
  'is aborted before anything is in effect, during %s',
  async (name) => {
    const world = aWorld(slowly(name));
    await world.start();
    await world.temporal.runUntil(() => world.temporal.open(workflowId.injection('sdk:payment')) !== undefined);
    await world.temporal.advance(1_000);
    await abortAndExpect(world, 2);
    expect(world.target.count('injected', 'e1-1-1')).toBe(0);
  },
);

test('is aborted when armed and nobody watches yet', async () => {
  const world = aWorld();
  world.observer.isBlind = true;
  await world.start();
  await world.temporal.runUntil(() => world.target.count('armed') > 0);
  await world.temporal.advance(2_000);
  world.observer.isBlind = false;
  await abortAndExpect(world, 2);
  expect(world.target.count('injected', 'e1-1-1')).toBe(0);
});

test('is aborted while it injects: what took effect meanwhile is rolled back', async () => {
  const world = aWorld({
    fakes: (calm) => ({
      async injectFault(input, attempt) {
        const injected = await calm.injectFault(input, attempt);
        await attempt.sleep(5_000);
        return injected;
      },
    }),
  });
  await world.start();
  await world.untilInjected();
  await abortAndExpect(world, 4);
});

test('is aborted while it holds', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(10_000);
  await abortAndExpect(world, 4);
});

test('rolls back at once though only the injection hears of the abort', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(10_000);
  world.temporal.pause(experiment, 120_000);
  const abortedAtMs = world.temporal.clock.nowMs;
  world.abort();
  await world.temporal.runUntil(() => world.target.traces().length === 0);
  expect(world.temporal.clock.nowMs - abortedAtMs).toBeLessThan(1_000);
  expect((await world.result()).verdict).toMatchObject({ verdict: 'aborted', rule: 4 });
});

test('is aborted in a pause between steps', async () => {
  const plan = aPlan({ steps: [anInjectStep(), { kind: 'pause', id: '2', forMs: 300_000 }] });
  const world = aWorld();
  await world.start({ plan });
  await world.temporal.runUntil(() => world.target.count('rolled back') > 0);
  await world.temporal.advance(5_000);
  await abortAndExpect(world, 4);
});

test('is aborted while it rolls back', async () => {
  const world = aWorld({
    fakes: (calm) => ({
      async rollBackFault(input, attempt) {
        await attempt.sleep(5_000);
        return calm.rollBackFault(input, attempt);
      },
    }),
  });
  world.observer.script = ({ purpose }) => (purpose === 'hold' ? { afterMs: 0, end: 'held', reasons: [] } : undefined);
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(2_000);
  await abortAndExpect(world, 4);
});

test('is aborted in recovery', async () => {
  const world = aWorld();
  world.observer.script = ({ purpose }) =>
    purpose === 'recovery' ? { afterMs: 50_000, end: 'held', reasons: [] } : undefined;
  await world.start();
  await world.untilPhase('recovery');
  world.observer.script = () => undefined;
  await abortAndExpect(world, 4);
});

test('keeps its verdict when it is aborted too late', async () => {
  const world = aWorld({ fakes: () => ({ storeEvidence: () => Promise.reject(new Error('away')) }) });
  await world.start();
  await world.untilPhase('verdict');
  world.abort();
  expect((await world.result()).verdict.verdict).toBe('passed');
});

test('takes a cancellation in Temporal for an abort by an unknown person', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(5_000);
  world.temporal.cancel(experiment);
  const { verdict } = await world.result();
  expect(verdict).toMatchObject({ verdict: 'aborted', rule: 4 });
  expect(verdict.reasons.join()).toMatch(/unknown/);
  expect(world.target.traces()).toEqual([]);
});

test.each(['preflight', 'approval', 'baseline', 'recovery'])(
  'ends with a verdict when cancelled in %s',
  async (phase) => {
    const world = aWorld(phase === 'preflight' ? slowly('surveyTargets') : {});
    world.observer.script = ({ purpose }) =>
      purpose === 'recovery' ? { afterMs: 50_000, end: 'held', reasons: [] } : undefined;
    await world.start(phase === 'approval' ? { plan: anApprovalPlan() } : {});
    await world.untilPhase(phase);
    world.temporal.cancel(experiment);
    expect((await world.result()).verdict.verdict).toBe('aborted');
  },
);

test('ends aborted when its injection is cancelled in Temporal', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(5_000);
  world.temporal.cancel(workflowId.injection('sdk:payment'));
  const { verdict } = await world.result();
  expect(['aborted', 'errored']).toContain(verdict.verdict);
  expect(world.target.traces()).toEqual([]);
});

test('ends what is in effect when its environment is halted', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(5_000);
  const by = { name: 'olga', groups: ['sre'] };
  const haltedAt = { by, reason: 'incident', at: new Date(world.temporal.clock.nowMs).toISOString() };
  const haltedAtMs = world.temporal.clock.nowMs;
  world.temporal.signal(workflowId.environment('demo'), halt, { environment: 'demo', halt: haltedAt });
  await world.temporal.runUntil(() => world.target.traces().length === 0);
  expect(world.temporal.clock.nowMs - haltedAtMs).toBeLessThan(1_000);
  const { verdict } = await world.result();
  expect(verdict).toMatchObject({ verdict: 'aborted', rule: 4 });
  expect(verdict.reasons.join()).toMatch(/halted by olga: incident/);
});

test('is refused in an environment that is halted', async () => {
  const world = aWorld();
  await openEnvironment(world.temporal, 'demo');
  const haltNow = { by: { name: 'olga', groups: [] }, reason: 'incident', at: '2026-05-12T08:00:00.000Z' };
  world.temporal.signal(workflowId.environment('demo'), halt, { environment: 'demo', halt: haltNow });
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'refused', rule: 2 });
  expect(verdict.reasons.join()).toMatch(/halted since .* by olga \(incident\)/);
});

test('ignores a halt of another environment', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  const other = { by: { name: 'olga', groups: [] }, reason: 'incident', at: '2026-05-12T08:00:00.000Z' };
  for (const id of [experiment, workflowId.injection('sdk:payment')])
    world.temporal.signal(id, halt, { environment: 'elsewhere', halt: other });
  expect((await world.result()).verdict.verdict).toBe('passed');
});
