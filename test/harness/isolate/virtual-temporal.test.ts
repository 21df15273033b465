import { workflowId } from '../../../src/domain/workflow-id';
import { admit, environmentState, halt } from '../../../workflows/messages';
import { worldsOfThisFile } from '../../workflows/worlds-of-this-file';

const aWorld = worldsOfThisFile();
const state = { name: 'demo', experiments: [], injections: [] };
const demo = workflowId.environment('demo');
const holder = { id: 'e1', experimentId: 'e1', since: '2026-05-12T09:00:00.000Z' };

test('counts the events that a real server keeps for an update, a signal and no query', async () => {
  const { temporal } = aWorld();
  const run = await temporal.start('environment', demo, state);
  await temporal.advance(1);
  expect(run.history.total).toBe(4);
  const answer = temporal.update(demo, admit, { kind: 'experiment', holder, max: 1 });
  await temporal.advance(1);
  expect(await answer).toEqual({ isAdmitted: true });
  expect(run.history.total).toBe(9);
  const by = { name: 'olga', groups: [] };
  temporal.signal(demo, halt, { environment: 'elsewhere', halt: { by, reason: 'incident', at: '' } });
  await temporal.query(demo, environmentState);
  await temporal.advance(1);
  expect(run.history.byKind).toMatchObject({ WorkflowExecutionSignaled: 1, WorkflowTaskCompleted: 4 });
});

test('moves time only as far as it is told to', async () => {
  const { temporal } = aWorld();
  const startMs = temporal.clock.nowMs;
  await temporal.start('environment', demo, state);
  await temporal.advance(8 * 3_600_000);
  expect(temporal.clock.nowMs).toBe(startMs + 8 * 3_600_000);
});

test('tells a sender that nobody is there', async () => {
  const { temporal } = aWorld();
  const message = { environment: 'demo', halt: { by: { name: 'olga', groups: [] }, reason: '', at: '' } };
  expect(() => temporal.signal(demo, halt, message)).toThrow(/no open workflow has the id environment:demo/);
});

test('fails loudly when a workflow task fails', async () => {
  const { temporal } = aWorld();
  await temporal.start('environment', demo);
  await expect(temporal.advance(1)).rejects.toThrow(/a workflow task of run-1 failed/);
});

test('runs what waited for a worker when one is back', async () => {
  const { temporal } = aWorld();
  const run = await temporal.start('environment', demo, state);
  temporal.killWorkers(5_000);
  await temporal.advance(4_000);
  expect(run.history.total).toBe(0);
  await temporal.advance(2_000);
  expect(run.history.total).toBe(4);
});
