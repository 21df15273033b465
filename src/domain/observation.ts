import type { RollbackResult } from './injection';
import type { Baseline, Breach } from './watch';

/** Why an observation ended. */
export type ObservationEnd = 'held' | 'not-held' | 'breached' | 'lost-sight' | 'blocked' | 'fault-ended' | 'stopped';

/** What one signal did during an observation. */
export interface SignalSummary {
  signal: string;
  unit: string;
  /** Readings with and without a value. */
  known: number;
  unknown: number;
  /** Over the whole observation, where the provider can aggregate; else the last value. */
  value?: number | string;
  min?: number;
  max?: number;
  /** Raw observations behind `value`. */
  n?: number;
}

/** A time in which nobody watched, because a worker or Temporal was away. */
export interface Gap {
  from: string;
  to: string;
  seconds: number;
}

/** What the fault's own system said of one injection while it was watched. */
export interface WatchedFault {
  injectionId: string;
  isActiveAfterInject: boolean;
  /** At the last look before the hold ended. */
  isActiveBeforeRollback: boolean;
  hits?: number;
  seen?: number;
  evidence: string;
}

/** One stretch of watching, summarised; its full series are in the store. */
export interface Observation {
  /** `baseline-1`, `hold-2`, `recovery`. */
  id: string;
  purpose: 'baseline' | 'hold' | 'recovery';
  stepId?: string;
  startedAt: string;
  endedAt: string;
  /** For a hold: when the fault came into effect. */
  heldFrom?: string;
  /** For a recovery: the first of the consecutive readings inside. */
  recoveredAt?: string;
  end: ObservationEnd;
  /** In plain words with the numbers; empty when held. */
  reasons: string[];
  summaries: SignalSummary[];
  baseline: Baseline;
  breaches: Breach[];
  gaps: Gap[];
  /** Times in which Temporal did not answer while somebody watched on; absent when it always did. */
  temporalAway?: Gap[];
  faults: WatchedFault[];
  /** Rollbacks that the observer carried out itself. */
  rollbacks: { injectionId: string; at: string; result?: RollbackResult; error?: string }[];
  /** How many chunks of series were handed to the store. */
  chunks: number;
}
