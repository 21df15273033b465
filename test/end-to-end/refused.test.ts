import { endBoth, startBoth, startCourse } from './rig/course';
import { recordHistories } from './rig/record-histories';
import { openRig, type Rig } from './rig/rig';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
}, 120_000);
afterAll(() => rig.close());

it('a second experiment in one environment or on one target is refused and names the holder', async () => {
  const holders = await startBoth(rig, { hold: '12s' });
  const seconds = await Promise.all(holders.map(({ side }) => startCourse(rig, side, { hold: '5s' })));
  const twins = await Promise.all(
    holders.map(({ side }) => startCourse(rig, side, { hold: '5s', environment: `${side.name}-twin` })),
  );
  for (const [index, holder] of holders.entries())
    for (const course of [seconds[index], twins[index]]) {
      const { verdict } = await rig.api.untilEnded(course?.experimentId ?? '', 30_000);
      course?.tower.close();
      expect(verdict).toMatchObject({ verdict: 'refused', rule: 2 });
      expect(verdict.reasons.join('\n')).toContain(holder.experimentId);
    }
  const ended = await endBoth(rig, holders, 60_000);
  for (const { ended: one, tower } of ended) {
    expect(one.verdict).toMatchObject({ verdict: 'passed' });
    expect(tower.appearances).toBe(1);
  }
  await recordHistories(rig, 'refused-by-environment', [`experiment:${seconds[0]?.experimentId}`]);
  await recordHistories(rig, 'refused-by-target', [`experiment:${twins[0]?.experimentId}`]);
}, 120_000);

it('a baseline that is not met refuses, and nothing is injected', async () => {
  const courses = await Promise.all(rig.sides.map((side) => startCourse(rig, side, { hold: '5s', path: '/broken' })));
  for (const { ended, tower } of await endBoth(rig, courses, 60_000)) {
    expect(ended.verdict).toMatchObject({ verdict: 'refused', rule: 2 });
    expect(ended.verdict.reasons.join('\n')).toMatch(/not in steady state: success was 0/);
    expect(ended.evidence.injections).toEqual([]);
    expect(tower.appearances).toBe(0);
  }
  await recordHistories(rig, 'refused-by-baseline', [`experiment:${courses[0]?.experimentId}`]);
}, 120_000);
