import type { AnyFaultDriver } from '../../src/domain/fault-driver';
import type { World } from './world';

/** One promise of the port: a sentence, and a check that throws when a driver breaks it on its real target. */
export interface ContractLine {
  line: string;
  /** False when the port does not ask this of such a driver. */
  appliesTo?(driver: AnyFaultDriver): boolean;
  check(world: World): Promise<void>;
}
