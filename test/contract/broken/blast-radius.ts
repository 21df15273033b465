import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';

/** Says that nobody will meet the fault. */
export const broken: BrokenDriver = {
  line: 'blast radius refused',
  system: 'noop',
  driver: {
    ...nothing,
    survey: async (step, tools) => ({ ...(await nothing.survey(step, tools)), trafficPercent: 0 }),
  },
};
