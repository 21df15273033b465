import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';
import { filesOf, removeFiles } from './marker-files';

/** Removes whatever stands under its name. */
export const broken: BrokenDriver = {
  line: 'foreign change before rollback is reported and left',
  system: 'noop',
  driver: {
    ...nothing,
    async rollback(injection, tools) {
      const result = await nothing.rollback(injection, tools);
      if (result.end !== 'drifted') return result;
      await removeFiles(await filesOf(tools, injection.injectionId));
      return { ...result, end: 'absent' };
    },
  },
};
