import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';

/** Arms anew when it finds nothing armed. */
export const broken: BrokenDriver = {
  line: 'late inject after rollback',
  system: 'noop',
  driver: {
    ...nothing,
    async inject(injection, tools) {
      if ((await nothing.status(injection, tools)).state === 'absent') await nothing.arm?.(injection, tools);
      await nothing.inject(injection, tools);
    },
  },
};
