import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';

const rolledBack = new Set<string>();

/** Takes a second rollback for a mistake. */
export const broken: BrokenDriver = {
  line: 'rollback twice equals once',
  system: 'noop',
  driver: {
    ...nothing,
    async rollback(injection, tools) {
      if (rolledBack.has(injection.injectionId)) throw new Error('rolled back already');
      const result = await nothing.rollback(injection, tools);
      rolledBack.add(injection.injectionId);
      return result;
    },
  },
};
