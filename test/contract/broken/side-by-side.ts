import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';
import { filesOf, removeFiles } from './marker-files';

/** Clears the whole system with every rollback. */
export const broken: BrokenDriver = {
  line: 'two experiments side by side',
  system: 'noop',
  driver: {
    ...nothing,
    async rollback(injection, tools) {
      const result = await nothing.rollback(injection, tools);
      if (result.end === 'absent') await removeFiles(await filesOf(tools, 'contract-'));
      return result;
    },
  },
};
