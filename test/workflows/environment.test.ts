import { admitOrFree } from '../../activities/admit';
import type { AdmissionRequest } from '../../src/domain/admission';
import { workflowId } from '../../src/domain/workflow-id';
import { admit, environmentState, halt, leave, resume } from '../../workflows/messages';
import { aPlan } from '../fakes/plan';
import { openEnvironment, virtualOrchestrator } from './virtual-orchestrator';
import { anExperimentInput } from './world';
import type { World } from './world';
import { worldsOfThisFile } from './worlds-of-this-file';

const aWorld = worldsOfThisFile();
const demo = workflowId.environment('demo');
const by = { name: 'olga', groups: ['sre'] };
const aHalt = { environment: 'demo', halt: { by, reason: 'incident', at: '2026-05-12T08:00:00.000Z' } };

function aRequest(id: string, over: Partial<AdmissionRequest> = {}): AdmissionRequest {
  const holder = { id, experimentId: id, since: '2026-05-12T09:00:00.000Z' };
  return { kind: 'experiment', holder, max: 1, ...over };
}

async function anEnvironment(): Promise<World> {
  const world = aWorld();
  await openEnvironment(world.temporal, 'demo');
  return world;
}

async function ask(world: World, request: AdmissionRequest) {
  const answer = world.temporal.update(demo, admit, request);
  await world.temporal.advance(1);
  return answer;
}

test('admits up to the limit and names who is in the way', async () => {
  const world = await anEnvironment();
  expect(await ask(world, aRequest('e1'))).toEqual({ isAdmitted: true });
  const second = await ask(world, aRequest('e2'));
  expect(second).toMatchObject({ isAdmitted: false, isHalted: false, heldBy: [{ id: 'e1' }] });
});

test('admits the same holder twice as once', async () => {
  const world = await anEnvironment();
  await ask(world, aRequest('e1'));
  expect(await ask(world, aRequest('e1'))).toEqual({ isAdmitted: true });
  expect((await world.temporal.query(demo, environmentState)).experiments).toHaveLength(1);
  world.temporal.signal(demo, leave, { kind: 'experiment', id: 'e1' });
  expect(await ask(world, aRequest('e2'))).toEqual({ isAdmitted: true });
});

test('counts experiments and injections apart', async () => {
  const world = await anEnvironment();
  await ask(world, aRequest('e1'));
  expect(await ask(world, aRequest('e1-1-1', { kind: 'injection' }))).toEqual({ isAdmitted: true });
});

test('ignores that a stranger leaves', async () => {
  const world = await anEnvironment();
  await ask(world, aRequest('e1'));
  world.temporal.signal(demo, leave, { kind: 'experiment', id: 'e7' });
  expect(await ask(world, aRequest('e2'))).toMatchObject({ isAdmitted: false });
});

test('admits nobody while it is halted, not even a holder, and admits again when resumed', async () => {
  const world = await anEnvironment();
  await ask(world, aRequest('e1'));
  world.temporal.signal(demo, halt, aHalt);
  expect(await ask(world, aRequest('e1'))).toMatchObject({ isAdmitted: false, isHalted: true });
  world.temporal.signal(demo, resume, { by });
  expect(await ask(world, aRequest('e1'))).toEqual({ isAdmitted: true });
});

test('a halt that starts it is not forgotten', async () => {
  const world = await anEnvironment();
  world.temporal.signal(demo, halt, aHalt);
  expect(await ask(world, aRequest('e1'))).toMatchObject({ isHalted: true });
});

test('carries halt and holders over into a new run', async () => {
  const world = await anEnvironment();
  await ask(world, aRequest('e1'));
  const first = world.temporal.run(demo);
  first.isContinueAsNewSuggested = true;
  world.temporal.signal(demo, halt, aHalt);
  await world.temporal.advance(1_000);
  expect(first.outcome).toEqual({ status: 'continued' });
  const state = await world.temporal.query(demo, environmentState);
  expect(state.halted?.reason).toBe('incident');
  expect(state.experiments.map(({ id }) => id)).toEqual(['e1']);
});

test('starts a new run by itself before its history grows without bound', async () => {
  const world = await anEnvironment();
  for (let turn = 0; turn < 600; turn += 1) {
    world.temporal.signal(demo, leave, { kind: 'experiment', id: `e${turn}` });
    await world.temporal.advance(1);
  }
  const runs = world.temporal.runs.filter((run) => run.workflowId === demo);
  expect(runs.length).toBeGreaterThan(1);
  expect(Math.max(...runs.map((run) => run.history.total))).toBeLessThan(2_100);
});

test('lets only one experiment in at a time and names it to the second', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  const { verdict } = await world.runToEnd({ experimentId: 'e2' });
  expect(verdict).toMatchObject({ verdict: 'refused', rule: 2 });
  expect(verdict.reasons.join()).toMatch(/allows 1 at a time.*held by e1/);
  expect((await world.result()).verdict.verdict).toBe('passed');
});

test('frees the place of an experiment that was terminated', async () => {
  const world = aWorld();
  await world.start();
  await world.untilPhase('baseline');
  await world.temporal.terminate(workflowId.experiment('e1'));
  expect((await world.runToEnd({ experimentId: 'e2' })).verdict.verdict).toBe('passed');
});

test('frees every place whose holder has ended, though others are held', async () => {
  const world = await anEnvironment();
  await world.start();
  await world.untilPhase('baseline');
  await ask(world, aRequest('e7', { max: 2 }));
  const orchestrator = virtualOrchestrator(() => world.temporal);
  const answer = admitOrFree(orchestrator, 'demo', aRequest('e2', { max: 2 }));
  await world.temporal.advance(100);
  expect(await answer).toEqual({ isAdmitted: true });
  expect((await world.temporal.query(demo, environmentState)).experiments.map(({ id }) => id)).toEqual(['e1', 'e2']);
});

test('refuses an injection when its environment holds as many as it allows', async () => {
  const limits = { ...aPlan().environment.limits, concurrentExperimentsMax: 2 };
  const plan = aPlan({ environment: { ...aPlan().environment, limits } });
  const world = aWorld();
  await world.start({ plan });
  await world.untilInjected();
  const elsewhere = { ...plan, steps: plan.steps.map((step) => ({ ...step, target: { service: 'catalogue' } })) };
  const { verdict } = await world.runToEnd({ ...anExperimentInput(), experimentId: 'e2', plan: elsewhere });
  expect(verdict).toMatchObject({ verdict: 'refused', rule: 2 });
  expect(verdict.reasons.join()).toMatch(/concurrentInjectionsMax.*e1-1-1/);
});

test('names the holder of a lock to the second experiment on one target', async () => {
  const limits = { ...aPlan().environment.limits, concurrentExperimentsMax: 2, concurrentInjectionsMax: 2 };
  const plan = aPlan({ environment: { ...aPlan().environment, limits } });
  const world = aWorld();
  await world.start({ plan });
  await world.untilInjected();
  const { verdict } = await world.runToEnd({ experimentId: 'e2', plan });
  expect(verdict).toMatchObject({ verdict: 'refused', rule: 2 });
  expect(verdict.reasons.join()).toMatch(/sdk:payment is held by e1/);
  expect(world.target.count('rolled back', 'e1-1-1')).toBe(0);
  expect((await world.result()).verdict.verdict).toBe('passed');
});
