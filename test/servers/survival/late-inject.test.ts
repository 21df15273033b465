import { endBoth, on, startCourse, tellReasons, type EndedCourse } from '../../end-to-end/rig/course';
import { openSurvival, sideNamed, type Survival } from './open-survival';
import { sideNames } from './survival-sides';

let survival: Survival;
let courses: EndedCourse[];
beforeAll(async () => {
  survival = await openSurvival();
  for (const side of survival.sides) side.holdInjects();
  const options = { hold: '5s', injectWithin: '5s' };
  const started = await Promise.all(survival.sides.map((side) => startCourse(survival.rig, side, options)));
  courses = await endBoth(survival.rig, started, 90_000);
}, 200_000);
afterAll(() => survival.rig.close());

it.each(sideNames)('an inject that reaches %s after its rollback does nothing', async (name) => {
  const { tower, ended } = on(courses, name);
  tellReasons(ended.verdict);
  expect(ended.verdict.verdict).not.toBe('passed');
  const side = sideNamed(survival, name);
  const answers = await side.deliverInjects();
  expect(answers.length).toBeGreaterThan(0);
  for (const answer of answers) expect(answer).toMatch(/^4\d\d /);
  expect({ appearances: tower.appearances, left: await side.faults() }).toEqual({ appearances: 0, left: [] });
});
