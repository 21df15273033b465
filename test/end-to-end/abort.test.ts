import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../contract/eventually';
import type { Ended } from './rig/api-client';
import { startCourse, tellFigure, type Course } from './rig/course';
import { recordHistories } from './rig/record-histories';
import { openRig, type Rig } from './rig/rig';
import type { ScenarioOptions } from './rig/scenario';
import type { Side } from './rig/side';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
}, 120_000);
afterAll(() => rig.close());

const sides = ['sdk', 'noop'];

function sideOf(name: string): Side {
  const side = rig.sides.find((one) => one.name === name);
  if (!side) throw new Error(`there is no side ${name}`);
  return side;
}

/** Starts one, aborts it in a phase through the API, and waits for its end. */
async function abortIn(
  name: string,
  phase: string,
  options: ScenarioOptions,
): Promise<{ course: Course; ended: Ended }> {
  const course = await startCourse(rig, sideOf(name), options);
  // It begins in preflight; asking whether it does would take part of the time that lasts.
  if (phase !== 'preflight') await rig.api.untilPhase(course.experimentId, phase);
  if (phase === 'steps') await course.tower.untilThere();
  const ended = await abort(course, phase);
  if (name === 'sdk') await recordHistories(rig, `aborted-in-${phase}`, [`experiment:${course.experimentId}`]);
  return { course, ended };
}

async function abort({ experimentId, tower }: Course, phase: string): Promise<Ended> {
  const abortedAtMs = Date.now();
  await rig.api.post(`/experiments/${experimentId}/abort`, { reason: `enough of ${phase}` });
  const ended = await rig.api.untilEnded(experimentId, 30_000);
  tellFigure(`ended after the abort in ${phase}`, Date.now() - abortedAtMs);
  tower.close();
  return ended;
}

function expectAborted({ verdict }: Ended, rule: number, phase: string): void {
  const said = expect.stringContaining(`enough of ${phase}`);
  expect(verdict).toMatchObject({ verdict: 'aborted', rule, reasons: expect.arrayContaining([said]) });
}

it.each(sides)('in preflight on %s: nothing is injected', async (name) => {
  const side = sideOf(name);
  await (side.stall ?? side.cut)();
  try {
    const { course, ended } = await abortIn(name, 'preflight', { hold: '20s' });
    expectAborted(ended, 2, 'preflight');
    expect(course.tower.appearances).toBe(0);
  } finally {
    await side.reconnect();
  }
});

it.each(sides)('while people are asked on %s: nothing is injected', async (name) => {
  const { course, ended } = await abortIn(name, 'approval', { hold: '20s', approvalFrom: 'sre' });
  expectAborted(ended, 2, 'approval');
  expect(course.tower.appearances).toBe(0);
});

it.each(sides)('in the baseline on %s: nothing is injected', async (name) => {
  const { course, ended } = await abortIn(name, 'baseline', { hold: '20s', baseline: '30s' });
  expectAborted(ended, 2, 'baseline');
  expect(course.tower.appearances).toBe(0);
});

it.each(sides)('in the hold on %s: the fault goes at once', async (name) => {
  const { course, ended } = await abortIn(name, 'steps', { hold: '60s' });
  expectAborted(ended, 4, 'steps');
  const [injection] = ended.evidence.injections;
  const tookMs = course.tower.goneAtMs - Date.parse(ended.evidence.stop?.at ?? '');
  tellFigure(`${name} gone after the abort`, tookMs);
  expect(tookMs).toBeLessThan(2_000);
  expect(injection?.end).toBe('absent');
  expect({ appearances: course.tower.appearances, left: course.tower.now }).toEqual({ appearances: 1, left: [] });
  if (name === 'sdk') await recordHistories(rig, 'aborted', [`injection:${sideOf(name).lockKey}`]);
});

it.each(sides)(
  'while a rollback is under way on %s: it goes on to its end',
  async (name) => {
    const side = sideOf(name);
    const course = await startCourse(rig, side, { hold: '4s', rollbackWithin: '60s' });
    await course.tower.untilThere();
    await sleep(2_000);
    await side.cut();
    try {
      await eventually('the hold to end', 60_000, async () => {
        const progress = (await rig.api.show(course.experimentId))?.progress;
        return progress?.evidence.observations.some((one) => one.purpose === 'hold') ?? false;
      });
      await rig.api.post(`/experiments/${course.experimentId}/abort`, { reason: 'enough of rollback' });
    } finally {
      await side.reconnect();
    }
    const ended = await rig.api.untilEnded(course.experimentId, 60_000);
    course.tower.close();
    expect(['aborted', 'errored']).toContain(ended.verdict.verdict);
    expect(ended.evidence.injections[0]?.end).toBe('absent');
    expect(course.tower.now).toEqual([]);
  },
  120_000,
);

it.each(sides)(
  'in recovery on %s: the wait ends',
  async (name) => {
    const { course, ended } = await abortIn(name, 'recovery', { hold: '2s', recovery: '60s', recovered: '< 0.5' });
    expectAborted(ended, 4, 'recovery');
    expect({ appearances: course.tower.appearances, left: course.tower.now }).toEqual({ appearances: 1, left: [] });
  },
  120_000,
);
