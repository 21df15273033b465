import type { Evidence } from './evidence';
import type { Observation } from './observation';
import type { Baseline } from './watch';

/** The steady state that an observation was judged against: its own, or the first one of the experiment. */
export function baselineFor({ observations }: Pick<Evidence, 'observations'>, observation: Observation): Baseline {
  if (Object.keys(observation.baseline).length > 0) return observation.baseline;
  return observations.find((one) => one.purpose === 'baseline')?.baseline ?? {};
}
