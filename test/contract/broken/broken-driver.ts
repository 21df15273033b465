import type { AnyFaultDriver } from '../../../src/domain/fault-driver';

/** A driver that breaks one line of the contract on purpose and keeps all others. */
export interface BrokenDriver {
  /** The line that has to notice. */
  line: string;
  system: 'noop' | 'sdk';
  driver: AnyFaultDriver;
}
