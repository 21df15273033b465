import { access } from 'node:fs/promises';
import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';
import { directoryOf, filesOf } from './marker-files';

const known = new Set<string>();

/** Cannot roll back what it has never seen. */
export const broken: BrokenDriver = {
  line: 'rollback without inject',
  system: 'noop',
  driver: {
    ...nothing,
    async rollback(injection, tools) {
      const isDirectoryThere = await access(directoryOf(tools)).then(
        () => true,
        () => false,
      );
      const files = await filesOf(tools, injection.injectionId);
      if (isDirectoryThere && files.length === 0 && !known.has(injection.injectionId)) throw new Error('no such fault');
      known.add(injection.injectionId);
      return nothing.rollback(injection, tools);
    },
  },
};
