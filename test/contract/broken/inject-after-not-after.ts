import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';

/** Does not look at the clock. */
export const broken: BrokenDriver = {
  line: 'inject after notAfter',
  system: 'noop',
  driver: { ...nothing, inject: (injection, tools) => nothing.inject(injection, { ...tools, now: () => 0 }) },
};
