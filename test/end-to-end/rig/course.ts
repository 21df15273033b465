import type { Verdict } from '../../../src/domain/verdict';
import type { Ended } from './api-client';
import type { Rig } from './rig';
import { scenario, type ScenarioOptions } from './scenario';
import type { Side } from './side';
import { Watchtower } from './watchtower';

/** One experiment on one side, watched at its target from before it was started. */
export interface Course {
  side: Side;
  tower: Watchtower;
  experimentId: string;
}

/** How a course ended. */
export interface EndedCourse extends Course {
  ended: Ended;
}

/** Starts an experiment and a watch over its target. */
export async function startCourse(rig: Rig, side: Side, options: ScenarioOptions): Promise<Course> {
  const tower = new Watchtower(side);
  const experimentId = await rig.api.start(scenario(side, options));
  return { side, tower, experimentId };
}

/** Starts one experiment per side and waits until both faults are in effect. */
export async function startBoth(rig: Rig, options: ScenarioOptions): Promise<Course[]> {
  const courses = await Promise.all(rig.sides.map((side) => startCourse(rig, side, options)));
  await Promise.all(courses.map((course) => untilThere(rig, course)));
  return courses;
}

async function untilThere(rig: Rig, { tower, experimentId }: Course): Promise<void> {
  await tower.untilThere().catch(async (error: unknown) => {
    const shown = await rig.api.ask('GET', `/experiments/${experimentId}`).catch(String);
    const said = [rig.worker, rig.server].map(({ output }) => output.slice(-1_500)).join('\n');
    throw new Error(`${String(error)}; ${experimentId}: ${JSON.stringify(shown).slice(0, 3_000)}\n${said}`);
  });
}

/** Waits until all have ended, then stops watching their targets. */
export async function endBoth(rig: Rig, courses: Course[], withinMs: number): Promise<EndedCourse[]> {
  try {
    return await Promise.all(
      courses.map(async (course) => ({ ...course, ended: await rig.api.untilEnded(course.experimentId, withinMs) })),
    );
  } finally {
    courses.forEach(({ tower }) => tower.close());
  }
}

/** The course of one side. */
export function on<One extends Course>(courses: One[], name: string): One {
  const found = courses.find(({ side }) => side.name === name);
  if (!found) throw new Error(`nothing ran on ${name}`);
  return found;
}

/** A figure of a run, for whoever reads its output. */
export function tellFigure(what: string, milliseconds: number): void {
  process.stdout.write(`  ${what}: ${(milliseconds / 1000).toFixed(1)} s\n`);
}

/** A verdict with its reasons, for whoever reads the output. */
export function tellReasons({ verdict, reasons }: Verdict): void {
  process.stdout.write(`  ${verdict}: ${reasons.join('; ')}\n`);
}
