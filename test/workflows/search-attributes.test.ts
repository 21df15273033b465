import { workflowId } from '../../src/domain/workflow-id';
import { worldsOfThisFile } from './worlds-of-this-file';

const aWorld = worldsOfThisFile();

async function upserts(hasSearchAttributes?: boolean): Promise<number> {
  const world = aWorld();
  const { verdict } = await world.runToEnd(hasSearchAttributes === undefined ? {} : { hasSearchAttributes });
  expect(verdict.verdict).toBe('passed');
  return world.temporal.run(workflowId.experiment('e1')).history.byKind['UpsertWorkflowSearchAttributes'] ?? 0;
}

test('shows each phase and the verdict in the lists of a namespace that has our attributes', async () => {
  expect(await upserts()).toBe(7);
  expect(await upserts(true)).toBe(7);
});

test('shows nothing in the lists of a namespace that has none, and passes all the same', async () => {
  expect(await upserts(false)).toBe(0);
});

test('tells its injections what it was told itself', async () => {
  const world = aWorld();
  await world.runToEnd({ hasSearchAttributes: false });
  expect(world.temporal.run(workflowId.injection('sdk:payment')).args).toEqual([
    expect.objectContaining({ hasSearchAttributes: false }),
  ]);
});
