import type { Expectation, Guard } from './expectation';
import type { Limits } from './limits';
import type { PlannedProbe, PlannedSignal } from './signal';
import type { PlannedStep } from './step';

/** A scenario made explicit and checked: plain JSON, every default filled, durations in milliseconds. */
export interface Plan {
  kind: 'experiment';
  name: string;
  hypothesis: string;
  assumption?: string;
  dependency?: string;
  failureMode?: string;
  environment: PlannedEnvironment;
  probes: PlannedProbe[];
  signals: PlannedSignal[];
  steadyState: { forMs: number; expect: Expectation[] };
  steps: PlannedStep[];
  during: Expectation[];
  guards: Guard[];
  recovery: { withinMs: number; expect: Expectation[] };
  blastRadius: BlastRadius;
  approval?: PlannedApproval;
  /** How long the experiment waits for a rollback before it ends `errored`. */
  rollbackWithinMs: number;
  /** How long the verdict waits for the store. */
  storeWaitMaxMs: number;
}

/** What the plan takes over from the environment file, so that the plan's hash covers it. */
interface PlannedEnvironment {
  name: string;
  isProduction: boolean;
  limits: Limits;
  blockers: Blocker[];
}

/** A sign that a real incident or deployment is under way: its signal must be read and lie within `expect`. */
export interface Blocker {
  name: string;
  probe: PlannedProbe;
  signal: PlannedSignal;
  expect: Expectation;
}

/** The limit on how many targets, and how much of their traffic, one experiment may touch. */
interface BlastRadius {
  targetsMax: number;
  trafficPercentMax: number;
}

/** Who must consent before the first injection, and for how long the question stands. */
export interface PlannedApproval {
  from: string[];
  required: number;
  expiresInMs: number;
  remindEveryMs: number;
}
