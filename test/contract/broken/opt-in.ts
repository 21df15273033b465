import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';

/** Takes everybody for a volunteer. */
export const broken: BrokenDriver = {
  line: 'target not opted in refused',
  system: 'noop',
  driver: {
    ...nothing,
    survey: (step, tools) => nothing.survey(step, { ...tools, optedIn: [...tools.optedIn, Object(step.target)] }),
  },
};
