import { error } from '../../../activities/faults/sdk/error';
import type { BrokenDriver } from './broken-driver';

/** Forgets in its list how the fault was made. */
export const broken: BrokenDriver = {
  line: 'listFaults complete enough to roll back from',
  system: 'sdk',
  driver: {
    ...error,
    listFaults: async (tools) => (await error.listFaults(tools)).map((fault) => ({ ...fault, targets: [] })),
  },
};
