import { workflowId } from '../../src/domain/workflow-id';
import type { World } from './world';
import { worldsOfThisFile } from './worlds-of-this-file';

const aWorld = worldsOfThisFile();

const experiment = workflowId.experiment('e1');

/** What an experiment has shown in Temporal's lists, one entry per event. */
function shownIn({ temporal }: World): Record<string, unknown>[] {
  const { shown, history } = temporal.run(experiment);
  expect(history.byKind['UpsertWorkflowSearchAttributes'] ?? 0).toBe(shown.length);
  return shown;
}

async function shownByPassing(hasSearchAttributes?: boolean): Promise<Record<string, unknown>[]> {
  const world = aWorld();
  const { verdict } = await world.runToEnd(hasSearchAttributes === undefined ? {} : { hasSearchAttributes });
  expect(verdict.verdict).toBe('passed');
  return shownIn(world);
}

test.each([undefined, true])(
  'shows each phase that lasts, and the verdict, in the lists of a namespace that has our attributes (told %s)',
  async (hasSearchAttributes) => {
    expect(await shownByPassing(hasSearchAttributes)).toEqual([
      { GamedayPhase: 'baseline' },
      { GamedayPhase: 'steps' },
      { GamedayPhase: 'recovery' },
      { GamedayPhase: 'verdict', GamedayVerdict: 'passed' },
    ]);
  },
);

test('shows the rollback where it is waited for', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  world.abort();
  expect((await world.result()).verdict.verdict).toBe('aborted');
  expect(shownIn(world)).toContainEqual({ GamedayPhase: 'rollback' });
});

test('tells its injections to end in a task that cannot fail for the attributes of the namespace', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  world.abort();
  await world.result();
  const telling = world.temporal.run(experiment).tasks.filter((commands) => commands.includes('signal rollBack'));
  expect(telling).not.toEqual([]);
  expect(telling.filter((commands) => commands.includes('upsertWorkflowSearchAttributes'))).toEqual([]);
});

test('shows nothing in the lists of a namespace that has none, and passes all the same', async () => {
  expect(await shownByPassing(false)).toEqual([]);
});

test('tells its injections what it was told itself', async () => {
  const world = aWorld();
  await world.runToEnd({ hasSearchAttributes: false });
  expect(world.temporal.run(workflowId.injection('sdk:payment')).args).toEqual([
    expect.objectContaining({ hasSearchAttributes: false }),
  ]);
});
