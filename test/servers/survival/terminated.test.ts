import { setTimeout as sleep } from 'node:timers/promises';
import { on, tellFigure, type Course } from '../../end-to-end/rig/course';
import { temporalCli, untilClosed } from '../../end-to-end/rig/temporal-cli';
import { openSurvival, startAll, type Survival } from './open-survival';
import { sideNames } from './survival-sides';

let survival: Survival;
beforeAll(async () => {
  survival = await openSurvival();
}, 120_000);
afterAll(() => survival.rig.close());

/** Starts all, lets them be watched for a while, and terminates one workflow of each. */
async function holdAndTerminate(workflowOf: (course: Course) => string) {
  const courses = await startAll(survival, { hold: '60s', recovery: '10s' });
  await sleep(2_000);
  const actedAtMs = Date.now();
  for (const course of courses) {
    const which = ['--workflow-id', workflowOf(course), '--reason', 'a test'];
    await temporalCli(survival.rig, 'workflow', 'terminate', ...which);
  }
  return { courses, actedAtMs };
}

async function expectGone(course: Course, actedAtMs: number, withinMs: number): Promise<void> {
  await course.tower.untilGone(withinMs);
  const { tower, side } = course;
  tellFigure(`${side.name} gone`, tower.goneAtMs - actedAtMs);
  await untilClosed(survival.rig, `injection:${side.lockKey}`, 60_000);
  expect({ appearances: tower.appearances, left: tower.now }).toEqual({ appearances: 1, left: [] });
  tower.close();
}

describe('when an experiment is terminated', () => {
  let held: Awaited<ReturnType<typeof holdAndTerminate>>;
  beforeAll(async () => {
    held = await holdAndTerminate(({ experimentId }) => `experiment:${experimentId}`);
  }, 90_000);

  it.each(sideNames)(
    'its fault on %s is gone within 5 s',
    async (name) => {
      await expectGone(on(held.courses, name), held.actedAtMs, 5_000);
    },
    90_000,
  );
});

describe('when an injection is terminated', () => {
  let held: Awaited<ReturnType<typeof holdAndTerminate>>;
  beforeAll(async () => {
    held = await holdAndTerminate(({ side }) => `injection:${side.lockKey}`);
  }, 90_000);

  it.each(sideNames)(
    'its fault on %s is gone within 60 s, and the experiment ends errored',
    async (name) => {
      const course = on(held.courses, name);
      await expectGone(course, held.actedAtMs, 60_000);
      const { verdict } = await survival.rig.api.untilEnded(course.experimentId, 60_000);
      expect(verdict.verdict).toBe('errored');
    },
    150_000,
  );
});
