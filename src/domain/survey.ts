import type { Json } from './json';
import type { Capabilities } from './fault-driver';

/** One thing a fault would be applied to, as an identity that cannot be confused with another. */
export interface Target {
  /** Such as `sdk:payment/charge` or a Kubernetes uid. */
  identity: string;
  /** Names the nearest stable thing that is harmed; one injection per lockKey. */
  lockKey: string;
  /** For people, such as `point charge of payment`. */
  description: string;
  /** What the driver needs to find it again. */
  facts: Json;
}

/** What a driver found by reading alone: what would be harmed, and everything that speaks against it. */
export interface Survey {
  targets: Target[];
  /** How many things the selector could have chosen from. */
  total: number;
  /** Selected of total, in percent. */
  percent: number;
  /** The highest share of the targets' traffic that can meet the fault; 100 where the driver cannot bound it. */
  trafficPercent: number;
  /** Each a sentence: not opted in, already tagged, missing permission, on the path of removal. Any one refuses. */
  refusals: string[];
}

/** A survey with the step that asked for it and what its driver can do. */
export interface StepSurvey extends Survey {
  stepId: string;
  fault: string;
  capabilities: Capabilities;
}
