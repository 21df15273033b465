import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';

/** Says active and does nothing. */
export const broken: BrokenDriver = {
  line: 'effect seen',
  system: 'noop',
  driver: {
    ...nothing,
    inject: async (injection, tools) => {
      if ((await nothing.status(injection, tools)).state !== 'armed' || tools.now() > Date.parse(injection.notAfter))
        throw new Error('not armed');
    },
    status: async () => ({ state: 'active', evidence: 'trust me' }),
  },
};
