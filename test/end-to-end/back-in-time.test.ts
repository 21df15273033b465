import { setTimeout as sleep } from 'node:timers/promises';
import { endBoth, on, startBoth, tellFigure, type EndedCourse } from './rig/course';
import { undergo, outages, type Away, type Outage } from './rig/outages';
import { recordHistories } from './rig/record-histories';
import { openRig, type Rig } from './rig/rig';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
}, 120_000);
afterAll(() => rig.close());

const holdMs = 16_000;

describe.each(Object.keys(outages) as Outage[])(
  'when %s is killed while a fault is watched and is back within 5 s',
  (outage) => {
    let courses: EndedCourse[];
    let away: Away;
    beforeAll(async () => {
      const started = await startBoth(rig, { hold: `${holdMs / 1000}s` });
      await sleep(2_000);
      away = await undergo(rig, outage, outage === 'Temporal' ? 3_600 : 1_500);
      tellFigure(`${outage} away`, away.toMs - away.fromMs);
      courses = await endBoth(rig, started, 90_000);
      const name = `passed-after-losing-${outage.replaceAll(' ', '-').toLowerCase()}`;
      const { experimentId, side } = on(courses, 'sdk');
      await recordHistories(rig, name, [`experiment:${experimentId}`, `injection:${side.lockKey}`]);
    }, 180_000);

    it.each(['sdk', 'noop'])('the experiment on %s goes on and ends passed', (name) => {
      expect(on(courses, name).ended.verdict).toMatchObject({ verdict: 'passed', rule: 7 });
    });

    it.each(['sdk', 'noop'])('the fault on %s stays to its planned end, once, and goes', (name) => {
      const { tower, ended } = on(courses, name);
      const [injection] = ended.evidence.injections;
      const heldMs = tower.goneAtMs - Date.parse(injection?.injectedAt ?? '');
      tellFigure(`${name} held`, heldMs);
      expect({ appearances: tower.appearances, left: tower.now }).toEqual({ appearances: 1, left: [] });
      expect(heldMs).toBeGreaterThanOrEqual(holdMs - 250);
      expect(heldMs).toBeLessThan(holdMs + 5_000);
      expect(injection?.end).toBe('absent');
    });

    it.each(['sdk', 'noop'])('the gap stands in the evidence of %s', (name) => {
      const hold = on(courses, name).ended.evidence.observations.find((one) => one.purpose === 'hold');
      const gaps = [...(hold?.gaps ?? []), ...(hold?.temporalAway ?? [])];
      expect(gaps).not.toEqual([]);
      for (const { from, to, seconds } of gaps) {
        tellFigure(`${name} gap`, seconds * 1000);
        expect(Date.parse(from)).toBeLessThan(away.toMs);
        expect(Date.parse(to)).toBeGreaterThan(away.fromMs);
      }
    });
  },
);
