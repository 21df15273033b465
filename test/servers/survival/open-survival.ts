import { startBoth, type Course } from '../../end-to-end/rig/course';
import { openRig, type Rig } from '../../end-to-end/rig/rig';
import type { ScenarioOptions } from '../../end-to-end/rig/scenario';
import { survivalSides, type SurvivalSide } from './survival-sides';

/** The rig of survival, with targets on real servers. */
export interface Survival {
  rig: Rig;
  sides: SurvivalSide[];
}

/** Starts Gameday as separate processes, with one target per kind. */
export async function openSurvival(): Promise<Survival> {
  const sides: SurvivalSide[] = [];
  const opens = survivalSides.map(({ open }) => async (home: string) => {
    const side = await open(home);
    sides.push(side);
    return side;
  });
  return { rig: await openRig(opens), sides };
}

/** Starts one experiment per kind and waits until every fault is in effect. */
export function startAll({ rig }: Survival, options: ScenarioOptions): Promise<Course[]> {
  return startBoth(rig, options);
}

/** The side of this name. */
export function sideNamed({ sides }: Survival, name: string): SurvivalSide {
  const side = sides.find((one) => one.name === name);
  if (!side) throw new Error(`there is no side ${name}`);
  return side;
}
