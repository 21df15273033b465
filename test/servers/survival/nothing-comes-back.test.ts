import { on, tellFigure, type Course } from '../../end-to-end/rig/course';
import { openSurvival, sideNamed, startAll, type Survival } from './open-survival';
import { sideNames } from './survival-sides';

let survival: Survival;
let courses: Course[] = [];
const notAfterMs = new Map<string, number>();
let killedAtMs = Number.POSITIVE_INFINITY;
beforeAll(async () => {
  survival = await openSurvival();
  courses = await startAll(survival, { hold: '5s', rollbackWithin: '1s', injectWithin: '1s' });
  for (const name of sideNames) notAfterMs.set(name, await sideNamed(survival, name).notAfterMs());
  const { worker, server, temporal } = survival.rig;
  await Promise.all([worker, server, temporal.process].map((one) => one.kill()));
  killedAtMs = Date.now();
}, 120_000);
afterAll(async () => {
  courses.forEach(({ tower }) => tower.close());
  await survival.rig.close();
});

it.each(sideNames)(
  'the fault of %s is ended by the sentinel within 15 s after its notAfter when nothing else ever comes back',
  async (name) => {
    const { tower } = on(courses, name);
    const endMs = notAfterMs.get(name) ?? Number.NaN;
    expect(endMs).toBeGreaterThan(killedAtMs);
    await tower.untilGone(endMs + 30_000 - Date.now());
    tellFigure(`${name} gone after its notAfter`, tower.goneAtMs - endMs);
    expect(tower.goneAtMs).toBeGreaterThanOrEqual(endMs);
    expect(tower.goneAtMs - endMs).toBeLessThan(15_000);
    expect(tower.appearances).toBe(1);
  },
  120_000,
);
