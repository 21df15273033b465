import { anInjection } from '../fakes/injection';
import { workflowId } from '../../src/domain/workflow-id';
import { removeFaults } from '../../src/cli/offline/remove-faults';
import { abort, halt } from '../../workflows/messages';
import { serve } from '../api/serve';
import { openEnvironment } from '../workflows/virtual-orchestrator';
import { anApprovalPlan, anExperimentInput, aStop } from '../workflows/world';
import type { World, WorldOptions } from '../workflows/world';
import { worldsOfThisFile } from '../workflows/worlds-of-this-file';
import { deafObserver } from './deaf-observer';
import { NoopHome } from './noop-home';

const aWorld = worldsOfThisFile();
const lasting = { hasFence: true, hasLease: false };
const olga = { name: 'olga', groups: ['sre'] };
const stop = aStop('2026-05-12T09:00:00.000Z');
const haltMessage = { environment: 'demo', halt: { by: olga, reason: 'incident', at: '2026-05-12T09:00:00.000Z' } };

async function expectGone(world: World, withinMs: number): Promise<void> {
  expect(await world.temporal.runUntil(() => world.target.traces().length === 0, withinMs)).toBe(true);
}

test.each(['approval', 'baseline', 'steps', 'rollback', 'recovery'])('an abort in %s ends aborted', async (phase) => {
  let healsAtMs = Infinity;
  const world = aWorld({
    features: lasting,
    fakes: (calm) => ({
      rollBackFault: async (input, attempt) => {
        if (attempt.nowMs < healsAtMs) throw new Error('the target does not answer');
        return calm.rollBackFault(input, attempt);
      },
    }),
  });
  world.observer.script = ({ purpose }) =>
    purpose === 'hold' ? { afterMs: 10_000, end: 'stopped', reasons: ['over'] } : undefined;
  healsAtMs = phase === 'rollback' ? world.temporal.clock.nowMs + 60_000 : 0;
  await world.start(phase === 'approval' ? { plan: anApprovalPlan() } : {});
  if (phase === 'rollback') await world.temporal.runUntil(() => world.target.count('rolled back') > 0);
  else await world.untilPhase(phase);
  world.abort();
  const { verdict } = await world.result('e1', 90_000);
  expect(verdict).toMatchObject({
    verdict: 'aborted',
    reasons: expect.arrayContaining([expect.stringContaining('olga')]),
  });
  expect(world.target.traces()).toEqual([]);
});

const stops: [string, (world: World) => void][] = [
  ['an abort', (world) => world.abort()],
  [
    'an abort that reaches the injection alone, because its experiment is stuck,',
    ({ temporal }) => temporal.signal(workflowId.injection('sdk:payment'), abort, { experimentId: 'e1', stop }),
  ],
  ['a halt of the environment', ({ temporal }) => temporal.signal(workflowId.environment('demo'), halt, haltMessage)],
  [
    'a halt that reaches the injection alone',
    ({ temporal }) => temporal.signal(workflowId.injection('sdk:payment'), halt, haltMessage),
  ],
  ['a cancellation in Temporal', ({ temporal }) => temporal.cancel(workflowId.experiment('e1'))],
  [
    'a cancellation of the injection in Temporal',
    ({ temporal }) => temporal.cancel(workflowId.injection('sdk:payment')),
  ],
];

/** A world whose observer ends nothing, whose target ends nothing, and whose store is away. */
function deafWorld(fakes: NonNullable<WorldOptions['fakes']> = () => ({})): World {
  const world: World = aWorld({
    features: lasting,
    fakes: (calm, target) => ({
      observe: deafObserver(calm, () => world),
      storeEvidence: () => Promise.reject(new Error('the store is away')),
      ...fakes(calm, target),
    }),
  });
  return world;
}

test.each(stops)('%s ends the fault at once, with the store down', async (_what, happen) => {
  const world = deafWorld();
  await openEnvironment(world.temporal, 'demo');
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(5_000);
  happen(world);
  await expectGone(world, 1_000);
  expect((await world.result()).verdict.verdict).not.toBe('passed');
});

test.each(stops)(
  '%s is accepted while every worker is down, and ends the fault when one is back',
  async (_what, happen) => {
    const world = deafWorld();
    await openEnvironment(world.temporal, 'demo');
    await world.start();
    await world.untilInjected();
    world.temporal.killWorkers(600_000);
    happen(world);
    await expectGone(world, 601_000);
    expect((await world.result()).verdict.verdict).not.toBe('passed');
  },
);

test('no cancellation reaches a rollback that is under way', async () => {
  let healsAtMs = Infinity;
  const world = deafWorld((calm) => ({
    rollBackFault: async (input, attempt) => {
      if (attempt.nowMs < healsAtMs) throw new Error('the target does not answer');
      return calm.rollBackFault(input, attempt);
    },
  }));
  await world.start();
  await world.untilInjected();
  healsAtMs = world.temporal.clock.nowMs + 60_000;
  world.abort();
  await world.temporal.advance(2_000);
  for (const id of [workflowId.experiment('e1'), workflowId.injection('sdk:payment')]) world.temporal.cancel(id);
  await world.temporal.advance(2_000);
  expect(world.target.active()).toHaveLength(1);
  expect((await world.result()).verdict.verdict).toBe('aborted');
  expect(world.target.traces()).toEqual([]);
});

test('a stop for another experiment or environment stops nobody here', async () => {
  const world = deafWorld();
  await world.start();
  await world.untilInjected();
  for (const id of [workflowId.experiment('e1'), workflowId.injection('sdk:payment')]) {
    world.temporal.signal(id, abort, { experimentId: 'another', stop });
    world.temporal.signal(id, halt, { ...haltMessage, environment: 'another' });
  }
  await world.temporal.advance(5_000);
  expect(world.target.active()).toHaveLength(1);
});

describe('the API', () => {
  test.each([
    ['/api/v1/experiments/e1/abort', 'aborted'],
    ['/api/v1/environments/demo/halt', 'halted'],
  ] as const)('passes %s on with the store down', async (path, list) => {
    const served = await serve();
    await served.gameday.start(anExperimentInput());
    served.store.isAway = true;
    const { status } = await served.ask('POST', path, { reason: 'incident' });
    await served.app.close();
    expect(status).toBeLessThan(300);
    expect(served.gameday[list]).toHaveLength(1);
  });
});

test('every fault of ours is removed with the drivers alone, whoever holds it, and nothing else', async () => {
  const home = new NoopHome();
  await home.inject(anInjection());
  await home.inject(anInjection({ home: 'another-home' }));
  const config = { environmentsDirectory: home.environments, env: {} };
  expect((await removeFaults(config, { isAll: false })).findings.map(({ outcome }) => outcome)).not.toContain(
    'removed',
  );
  expect(home.files()).toHaveLength(2);
  const { findings, troubles } = await removeFaults(config, { environment: 'demo', isAll: true });
  expect({ outcomes: findings.map(({ outcome }) => outcome), troubles }).toEqual({
    outcomes: ['removed', 'removed'],
    troubles: [],
  });
  expect(home.files()).toEqual([]);
  home.remove();
});
