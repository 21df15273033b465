import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../contract/eventually';
import { endBoth, on, startBoth, startCourse, tellReasons, type EndedCourse } from './rig/course';
import { recordHistories } from './rig/record-histories';
import { openRig, type Rig } from './rig/rig';
import { isRunning, temporalCli, untilClosed } from './rig/temporal-cli';

let rig: Rig;
let courses: EndedCourse[];
beforeAll(async () => {
  rig = await openRig();
  const started = await startBoth(rig, { hold: '3s', lease: '30s', rollbackWithin: '4s', recovery: '5s' });
  await sleep(1_000);
  await Promise.all(rig.sides.map((side) => side.jam()));
  courses = await endBoth(rig, started, 60_000);
}, 150_000);
afterAll(() => rig.close());

const sides = ['sdk', 'noop'];
const injectionOf = (name: string) => on(courses, name).ended.evidence.injections[0];

it.each(sides)('the experiment on %s ends errored when its rollback does not succeed in time', (name) => {
  const { verdict } = on(courses, name).ended;
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 1 });
  expect(injectionOf(name)?.end).toBe('failed');
});

it.each(sides)('the rollback on %s is tried again and again, loudly', async (name) => {
  const id = injectionOf(name)?.injectionId ?? '';
  const isLoud = () => rig.worker.output.includes(`ROLLBACK OF ${id} HAS NOT SUCCEEDED`);
  await eventually('the loud line', 30_000, async () => isLoud());
  const triesOf = () => rig.worker.output.split(`rollback of ${id} on `).length - 1;
  const before = triesOf();
  await eventually('two more attempts', 30_000, async () => triesOf() >= before + 2);
  const { lockKey } = on(courses, name).side;
  expect(await isRunning(rig, `injection:${lockKey}`)).toBe(true);
  const shown = await temporalCli(rig, 'workflow', 'metadata', '--workflow-id', `injection:${lockKey}`);
  expect(shown).toContain(`ROLLBACK OF ${id} HAS NOT SUCCEEDED; ${lockKey} stays locked`);
});

it.each(sides)(
  'the target on %s stays locked: another experiment is refused and names the holder',
  async (name) => {
    const { side, experimentId } = on(courses, name);
    const course = await startCourse(rig, side, { hold: '3s', environment: `${name}-twin` });
    const { verdict } = await rig.api.untilEnded(course.experimentId, 90_000);
    course.tower.close();
    tellReasons(verdict);
    expect(verdict.verdict).toBe('refused');
    expect(verdict.reasons.join('\n')).toContain(experimentId);
  },
  120_000,
);

it.each(sides)('only a release ends it on %s', async (name) => {
  const { side } = on(courses, name);
  const id = injectionOf(name)?.injectionId ?? '';
  await rig.api.post(`/injections/${id}/release`, { reason: 'cleaned up by hand' });
  await untilClosed(rig, `injection:${side.lockKey}`, 30_000);
  const { experimentId } = on(courses, name);
  if (name === 'sdk')
    await recordHistories(rig, 'released', [`injection:${side.lockKey}`, `experiment:${experimentId}`]);
});
