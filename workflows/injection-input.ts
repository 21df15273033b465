import type { DriverCall } from '../activities/contract';
import type { Capabilities } from '../src/domain/fault-driver';
import type { Blocker } from '../src/domain/plan';
import type { InjectStep } from '../src/domain/step';
import type { Target } from '../src/domain/survey';

/** What one injection is started with: a step's fault on the targets of one lock. */
export interface InjectionInput extends DriverCall {
  injectionId: string;
  experimentId: string;
  lockKey: string;
  step: InjectStep;
  targets: Target[];
  capabilities: Capabilities;
  concurrentInjectionsMax: number;
  blockers: Blocker[];
  rollbackWithinMs: number;
  recoveryWithinMs: number;
  /** When the window ended in which steady state held. */
  steadyUntil: string;
  /** As its experiment was told; absent means that the namespace has them. */
  hasSearchAttributes?: boolean;
}
