import { error } from '../../../activities/faults/sdk/error';
import type { BrokenDriver } from './broken-driver';

/** Puts a fault that has ended back, under a name that no tombstone knows. */
export const broken: BrokenDriver = {
  line: 'renew never re-creates',
  system: 'sdk',
  driver: {
    ...error,
    async renew(injection, until, tools) {
      const { state } = await error.status(injection, tools);
      if (state !== 'absent') return error.renew?.(injection, until, tools);
      const again = { ...injection, injectionId: `${injection.injectionId}-again` };
      await error.arm?.(again, tools);
      await error.inject(again, tools);
    },
  },
};
