import { access } from 'node:fs/promises';
import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';
import { directoryOf } from './marker-files';

/** Tries for ever to roll back what no longer exists. */
export const broken: BrokenDriver = {
  line: 'target gone',
  system: 'noop',
  driver: {
    ...nothing,
    async rollback(injection, tools) {
      await access(directoryOf(tools));
      return nothing.rollback(injection, tools);
    },
  },
};
