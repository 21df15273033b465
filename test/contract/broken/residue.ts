import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';
import { directoryOf } from './marker-files';

/** Leaves a note behind after every rollback that found something. */
export const broken: BrokenDriver = {
  line: 'no residue',
  system: 'noop',
  driver: {
    ...nothing,
    async rollback(injection, tools) {
      const result = await nothing.rollback(injection, tools);
      if (result.foundActive) await writeFile(join(directoryOf(tools), `.done-${injection.injectionId}`), '');
      return result;
    },
  },
};
