import { setTimeout as sleep } from 'node:timers/promises';
import { endBoth, on, tellFigure, type EndedCourse } from '../../end-to-end/rig/course';
import { outages, undergo, type Away, type Outage } from '../../end-to-end/rig/outages';
import { openSurvival, startAll, type Survival } from './open-survival';
import { sideNames } from './survival-sides';

let survival: Survival;
beforeAll(async () => {
  survival = await openSurvival();
}, 120_000);
afterAll(() => survival.rig.close());

const holdMs = 16_000;
// Longer than sight may be lost, so that whoever comes back must not go on.
const awayTooLongMs = 16_000;

async function surviveOutage(outage: Outage, hold: string, awayMs: number) {
  const started = await startAll(survival, { hold });
  await sleep(2_000);
  const away = await undergo(survival.rig, outage, awayMs);
  tellFigure(`${outage} away`, away.toMs - away.fromMs);
  return { away, courses: await endBoth(survival.rig, started, 90_000) };
}

function expectOnce({ tower, ended }: EndedCourse): void {
  expect({ appearances: tower.appearances, left: tower.now }).toEqual({ appearances: 1, left: [] });
  expect(ended.evidence.injections[0]?.end).toBe('absent');
}

describe.each(Object.keys(outages) as Outage[])(
  'when %s is killed while a fault is watched and is back soon',
  (outage) => {
    let courses: EndedCourse[];
    beforeAll(async () => {
      ({ courses } = await surviveOutage(outage, `${holdMs / 1000}s`, outage === 'Temporal' ? 3_600 : 1_500));
    }, 180_000);

    it.each(sideNames)('the experiment on %s goes on, and its fault goes once, at its planned end', (name) => {
      const course = on(courses, name);
      const heldMs = course.tower.goneAtMs - Date.parse(course.ended.evidence.injections[0]?.injectedAt ?? '');
      tellFigure(`${name} held`, heldMs);
      expect(course.ended.verdict).toMatchObject({ verdict: 'passed', rule: 7 });
      expectOnce(course);
      expect(heldMs).toBeGreaterThanOrEqual(holdMs - 250);
      expect(heldMs).toBeLessThan(holdMs + 5_000);
    });
  },
);

describe.each(['the worker', 'worker and Temporal'] as const)(
  'when %s is killed while a fault is watched and is away for too long',
  (outage) => {
    let courses: EndedCourse[];
    let away: Away;
    beforeAll(async () => {
      ({ courses, away } = await surviveOutage(outage, '40s', awayTooLongMs));
    }, 180_000);

    it.each(sideNames)(
      'the fault of %s goes soon after somebody is back, once, and the experiment ends errored',
      (name) => {
        const course = on(courses, name);
        const goneMs = course.tower.goneAtMs - away.toMs;
        tellFigure(`${name} gone after the return`, goneMs);
        expect(goneMs).toBeLessThan(15_000);
        expect(course.ended.verdict).toMatchObject({ verdict: 'errored', rule: 5 });
        expectOnce(course);
      },
    );
  },
);
