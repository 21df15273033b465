import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';

/** Does not mind other people's faults. */
export const broken: BrokenDriver = {
  line: 'target already tagged refused',
  system: 'noop',
  driver: {
    ...nothing,
    async survey(step, tools) {
      const survey = await nothing.survey(step, tools);
      return { ...survey, refusals: survey.refusals.filter((sentence) => !sentence.includes('already carries')) };
    },
  },
};
