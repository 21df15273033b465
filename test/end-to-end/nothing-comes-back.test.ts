import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { on, startBoth, tellFigure, type Course } from './rig/course';
import { openRig, type Rig } from './rig/rig';

const leaseMs = 12_000;

let rig: Rig;
let courses: Course[] = [];
let killedAtMs: number;
let notAfterMs: number;
beforeAll(async () => {
  rig = await openRig();
  courses = await startBoth(rig, { hold: '5s', lease: `${leaseMs / 1000}s`, rollbackWithin: '1s', injectWithin: '1s' });
  notAfterMs = notAfterOf(readdirSync(join(rig.home, 'markers')));
  killedAtMs = Date.now();
  await Promise.all([rig.worker, rig.server, rig.temporal.process].map((one) => one.kill()));
}, 120_000);
afterAll(async () => {
  courses.forEach(({ tower }) => tower.close());
  await rig.close();
});

/** A marker says in its name when it must be gone. */
function notAfterOf(files: string[]): number {
  return Number(/\.(\d+)\.active\.json$/.exec(files.join())?.[1]);
}

it('a fault of sdk is gone within its lease and 2 s when worker, API and Temporal never come back', async () => {
  const { tower } = on(courses, 'sdk');
  await tower.untilGone(leaseMs + 10_000);
  tellFigure('sdk gone after the kill', tower.goneAtMs - killedAtMs);
  expect(tower.goneAtMs - killedAtMs).toBeLessThan(leaseMs + 2_000);
});

it('a fault of noop is ended by the sentinel within 15 s after its notAfter, and not before', async () => {
  const { tower } = on(courses, 'noop');
  await tower.untilGone(notAfterMs + 30_000 - Date.now());
  tellFigure('noop gone after its notAfter', tower.goneAtMs - notAfterMs);
  expect(tower.goneAtMs).toBeGreaterThanOrEqual(notAfterMs);
  expect(tower.goneAtMs - notAfterMs).toBeLessThan(15_000);
  expect(tower.appearances).toBe(1);
}, 120_000);
