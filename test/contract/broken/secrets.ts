import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';

/** Puts all it was handed into its error. */
export const broken: BrokenDriver = {
  line: 'planted secrets appear in no injection, error, log or history',
  system: 'noop',
  driver: {
    ...nothing,
    listFaults: (tools) =>
      nothing.listFaults(tools).catch((error: unknown) => {
        throw new Error(`${String(error)} with ${JSON.stringify(tools.connection)}`);
      }),
  },
};
