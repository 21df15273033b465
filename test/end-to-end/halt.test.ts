import { setTimeout as sleep } from 'node:timers/promises';
import { endBoth, startBoth, startCourse, tellFigure, type EndedCourse } from './rig/course';
import { recordHistories } from './rig/record-histories';
import { openRig, type Rig } from './rig/rig';

let rig: Rig;
let courses: EndedCourse[];
let backAtMs: number;
beforeAll(async () => {
  rig = await openRig();
  const started = await startBoth(rig, { hold: '60s', lease: '60s' });
  await sleep(1_500);
  await rig.worker.kill();
  for (const { side } of started) await rig.api.post(`/environments/${side.name}/halt`, { reason: 'stop everything' });
  await rig.worker.start();
  backAtMs = Date.now();
  courses = await endBoth(rig, started, 60_000);
}, 150_000);
afterAll(() => rig.close());

it('a halt with no worker running is obeyed as soon as one is back', () => {
  for (const { tower, side, ended } of courses) {
    tellFigure(`${side.name} gone after a worker is back`, tower.goneAtMs - backAtMs);
    expect(tower.goneAtMs - backAtMs).toBeLessThan(5_000);
    expect({ appearances: tower.appearances, left: tower.now }).toEqual({ appearances: 1, left: [] });
    expect(ended.verdict).toMatchObject({ verdict: 'aborted', rule: 4 });
    expect(ended.verdict.reasons.join('\n')).toContain('stop everything');
  }
});

it('nothing is admitted until somebody resumes', async () => {
  const refused = await Promise.all(rig.sides.map((side) => startCourse(rig, side, { hold: '2s' })));
  for (const { ended, tower } of await endBoth(rig, refused, 60_000)) {
    expect(ended.verdict).toMatchObject({ verdict: 'refused', rule: 2 });
    expect(ended.verdict.reasons.join('\n')).toMatch(/is halted since .*stop everything/);
    expect(tower.appearances).toBe(0);
  }
  for (const { name } of rig.sides) await rig.api.post(`/environments/${name}/resume`, { reason: 'all is well' });
  const admitted = await startBoth(rig, { hold: '4s' });
  for (const { ended } of await endBoth(rig, admitted, 60_000))
    expect(ended.verdict).toMatchObject({ verdict: 'passed' });
  await recordHistories(rig, 'halted', [`experiment:${courses[0]?.experimentId}`, 'environment:sdk']);
  await recordHistories(rig, 'passed', [`experiment:${admitted[0]?.experimentId}`, 'injection:sdk:payment']);
}, 120_000);
