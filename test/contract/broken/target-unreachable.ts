import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';

/** Takes silence for success. */
export const broken: BrokenDriver = {
  line: 'target unreachable during rollback and back',
  system: 'noop',
  driver: {
    ...nothing,
    rollback: (injection, tools) =>
      nothing
        .rollback(injection, tools)
        .catch(() => ({ end: 'absent', foundActive: false, evidence: 'nothing there, I suppose' })),
  },
};
