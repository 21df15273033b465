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

const leaseMs = 12_000;

describe.each(Object.keys(outages) as Outage[])(
  'when %s is killed while a fault is watched and away for longer than the lease',
  (outage) => {
    let courses: EndedCourse[];
    let away: Away;
    beforeAll(async () => {
      const started = await startBoth(rig, { hold: '40s', lease: `${leaseMs / 1000}s` });
      await sleep(2_000);
      away = await undergo(rig, outage, leaseMs + 4_000);
      tellFigure(`${outage} away`, away.toMs - away.fromMs);
      courses = await endBoth(rig, started, 90_000);
      const name = `errored-after-losing-${outage.replaceAll(' ', '-').toLowerCase()}`;
      const { experimentId, side } = on(courses, 'sdk');
      await recordHistories(rig, name, [`experiment:${experimentId}`, `injection:${side.lockKey}`]);
    }, 180_000);

    it.each(['sdk', 'noop'])('the experiment on %s ends errored and says for how long nobody saw it', (name) => {
      const { verdict } = on(courses, name).ended;
      expect(verdict).toMatchObject({ verdict: 'errored', rule: 5 });
      expect(verdict.reasons.join('\n')).toMatch(/lost sight .*for \d+ s/);
    });

    it('the fault of sdk is gone within its lease and 2 s', () => {
      const goneMs = on(courses, 'sdk').tower.goneAtMs - away.fromMs;
      tellFigure('sdk gone after the kill', goneMs);
      expect(goneMs).toBeLessThan(leaseMs + 2_000);
    });

    it('the fault of noop is gone soon after somebody is back', () => {
      const goneMs = on(courses, 'noop').tower.goneAtMs - away.toMs;
      tellFigure('noop gone after the return', goneMs);
      expect(goneMs).toBeLessThan(15_000);
    });

    it.each(['sdk', 'noop'])('nothing is injected on %s again', (name) => {
      const { tower } = on(courses, name);
      expect({ appearances: tower.appearances, left: tower.now }).toEqual({ appearances: 1, left: [] });
    });
  },
);
