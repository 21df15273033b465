import { setTimeout as sleep } from 'node:timers/promises';
import { on, startBoth, tellFigure, tellReasons, type Course } from './rig/course';
import { recordHistories } from './rig/record-histories';
import { openRig, type Rig } from './rig/rig';
import { temporalCli, untilClosed } from './rig/temporal-cli';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
}, 120_000);
afterAll(() => rig.close());

/** Starts both, lets them be watched for a while, and does the same to both. */
async function holdAnd(act: (course: Course) => Promise<unknown>): Promise<{ courses: Course[]; actedAtMs: number }> {
  const courses = await startBoth(rig, { hold: '60s', recovery: '10s' });
  await sleep(2_000);
  const actedAtMs = Date.now();
  await Promise.all(courses.map(act));
  return { courses, actedAtMs };
}

async function expectGone(courses: Course[], actedAtMs: number, withinMs: number): Promise<void> {
  for (const { tower, side } of courses) {
    await tower.untilGone(withinMs);
    tellFigure(`${side.name} gone`, tower.goneAtMs - actedAtMs);
    expect(tower.goneAtMs - actedAtMs).toBeLessThan(withinMs);
  }
}

/** Each lock is given back and nothing comes again. */
async function expectOver(courses: Course[]): Promise<void> {
  for (const { side } of courses) await untilClosed(rig, `injection:${side.lockKey}`, 60_000);
  for (const { tower } of courses)
    expect({ appearances: tower.appearances, left: tower.now }).toEqual({ appearances: 1, left: [] });
  courses.forEach(({ tower }) => tower.close());
}

async function expectErrored(courses: Course[]): Promise<void> {
  const ended = await Promise.all(courses.map(({ experimentId }) => rig.api.untilEnded(experimentId, 60_000)));
  for (const { verdict } of ended) {
    tellReasons(verdict);
    expect(verdict.verdict).toBe('errored');
  }
}

async function recordCourse(courses: Course[], name: string): Promise<void> {
  const { experimentId, side } = on(courses, 'sdk');
  await recordHistories(rig, name, [`experiment:${experimentId}`, `injection:${side.lockKey}`]);
}

it('the faults of a terminated experiment are gone within 5 s', async () => {
  const { courses, actedAtMs } = await holdAnd(({ experimentId }) =>
    temporalCli(rig, 'workflow', 'terminate', '--workflow-id', `experiment:${experimentId}`, '--reason', 'a test'),
  );
  await expectGone(courses, actedAtMs, 5_000);
  await expectOver(courses);
  await recordCourse(courses, 'experiment-terminated');
}, 150_000);

it.each(['first', 'last'])(
  'the faults of an experiment that is reset to its %s task are gone within 5 s, and its new run ends errored without a fault',
  async (which) => {
    const type = which === 'first' ? 'FirstWorkflowTask' : 'LastWorkflowTask';
    const { courses, actedAtMs } = await holdAnd(({ experimentId }) => {
      const from = ['--workflow-id', `experiment:${experimentId}`, '--type', type, '--reason', 'a test'];
      return temporalCli(rig, 'workflow', 'reset', ...from);
    });
    await expectGone(courses, actedAtMs, 5_000);
    await expectErrored(courses);
    await expectOver(courses);
    await recordCourse(courses, `experiment-reset-to-${which}-task`);
  },
  150_000,
);

it('the fault of a terminated injection is gone within 60 s, and its experiment ends errored', async () => {
  const { courses, actedAtMs } = await holdAnd(({ side }) =>
    temporalCli(rig, 'workflow', 'terminate', '--workflow-id', `injection:${side.lockKey}`, '--reason', 'a test'),
  );
  await expectGone(courses, actedAtMs, 60_000);
  await expectErrored(courses);
  await expectOver(courses);
  await recordCourse(courses, 'injection-terminated');
}, 150_000);
