import { workflowId } from '../../src/domain/workflow-id';
import { injectionReport, injectionState, release, rollBack, unlock, watching } from '../../workflows/messages';
import { aStop } from './world';
import { worldsOfThisFile } from './worlds-of-this-file';

const aWorld = worldsOfThisFile();
const experiment = workflowId.experiment('e1');
const payment = workflowId.injection('sdk:payment');

test('ignores messages for another injection or experiment', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  const other = { injectionId: 'e0-1-1' };
  world.temporal.signal(payment, rollBack, { ...other, cause: 'late' });
  world.temporal.signal(payment, unlock, other);
  world.temporal.signal(payment, release, { ...other, by: { name: 'olga', groups: [] }, reason: 'late' });
  for (const id of [payment, experiment]) world.abortAs('e0', id, aStop('2026-05-12T09:00:00.000Z'));
  const record = { ...(await world.temporal.query(payment, injectionState)).record, end: 'absent' as const };
  world.temporal.signal(experiment, injectionReport, { record: { ...record, injectionId: 'e0-1-1' } });
  expect((await world.result()).verdict.verdict).toBe('passed');
});

test('ignores an observer of another injection', async () => {
  const world = aWorld();
  world.observer.isBlind = true;
  await world.start();
  await world.temporal.runUntil(() => world.target.count('armed') > 0);
  world.temporal.signal(payment, watching, { injectionId: 'e0-1-1' });
  expect((await world.result()).verdict.verdict).toBe('refused');
  expect(world.target.count('injected')).toBe(0);
});

test('loses no report that comes in one task with the start of its injection', async () => {
  const world = aWorld({ delayMs: (hop) => (hop === 'task' ? 10 : 0) });
  await world.start();
  await world.temporal.runUntil(() => world.temporal.runs.some((run) => run.workflowId === payment));
  world.temporal.pause(experiment, 2_000);
  expect((await world.result()).verdict.verdict).toBe('passed');
});
