import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';

/** Arms already while it prepares. */
export const broken: BrokenDriver = {
  line: 'survey and prepare change nothing',
  system: 'noop',
  driver: {
    ...nothing,
    async prepare(prepared, tools) {
      const injection = await nothing.prepare(prepared, tools);
      await nothing.arm?.(injection, tools);
      return injection;
    },
  },
};
