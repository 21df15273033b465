import type { RecordedDecision } from './approval';
import type { RollbackResult } from './injection';
import type { Observation } from './observation';
import type { Person } from './person';
import type { PhaseRecord } from './phase';
import type { Plan } from './plan';
import type { StepSurvey } from './survey';

/** How one injection went; every field that is absent did not happen. */
export interface InjectionRecord {
  injectionId: string;
  stepId: string;
  fault: string;
  lockKey: string;
  targets: string[];
  countsHits: boolean;
  lockedAt?: string;
  hardStopAt?: string;
  notAfter?: string;
  preparedAt?: string;
  injectedAt?: string;
  /** What the target said right after inject. */
  isActiveAfterInject?: boolean;
  /** Whether the rollback found the fault still in effect. */
  isFoundActive?: boolean;
  /** Active right after inject and again just before rollback, and hits above zero where counted. */
  effectSeen: boolean;
  hits?: number;
  seen?: number;
  rolledBackAt?: string;
  /** `released`: a person ended it by hand; `failed`: not seen gone in time. */
  end?: RollbackResult['end'] | 'released' | 'failed';
  rollbackEvidence?: string;
  /** True from the rollback on while a late inject may still arrive at a target that cannot refuse it. */
  isSettling?: boolean;
  /** When a late inject was found in effect after a rollback that had seen the fault gone; it was removed again. */
  cameBackAt?: string;
  /** Why it was never injected; a refusal is not an error. */
  refusal?: string;
  /** What could not be done. */
  error?: string;
  /** Ended by the hard stop rather than by its experiment. */
  isHardStopped?: boolean;
}

/** A person, a halt or a blocker (a real incident or deployment) that stopped the experiment. */
export interface Stop {
  kind: 'abort' | 'halt' | 'blocker';
  by: Person;
  reason: string;
  at: string;
}

/** Everything the experiment observed and did, in order; with the stored series, enough to judge again. */
export interface Evidence {
  version: 1;
  experimentId: string;
  isRehearsal: boolean;
  plan: Plan;
  planHash: string;
  targetsHash?: string;
  startedBy: Person;
  startedAt: string;
  endedAt: string;
  phases: PhaseRecord[];
  surveys: StepSurvey[];
  decisions: RecordedDecision[];
  observations: Observation[];
  injections: InjectionRecord[];
  stop?: Stop;
  /** Why nothing (more) was injected: limits, lock, halt, blocker, approval, steady state. */
  refusals: string[];
  /** What a tool could not do. */
  errors: string[];
}

/** An injection's record completed by what the observers saw: the hits, and whether the effect was seen to the end. */
export function withEffect(record: InjectionRecord, observations: Observation[]): InjectionRecord {
  const faults = observations.flatMap((one) => one.faults).filter((one) => one.injectionId === record.injectionId);
  const rollbacks = observations
    .flatMap((one) => one.rollbacks)
    .filter((one) => one.injectionId === record.injectionId);
  const isActiveToTheEnd =
    record.isFoundActive === true ||
    rollbacks.some((one) => one.result?.foundActive === true) ||
    faults.some((one) => one.isActiveBeforeRollback);
  const foundAt = rollbacks.find((one) => one.result?.foundActive === true)?.at;
  const hits = highest([record.hits, ...faults.map((one) => one.hits), ...rollbacks.map((one) => one.result?.hits)]);
  const seen = highest([record.seen, ...faults.map((one) => one.seen), ...rollbacks.map((one) => one.result?.seen)]);
  const isCountSeen = !record.countsHits || (hits ?? 0) > 0;
  return {
    ...record,
    // An inject that never answered but took effect is an injection, whoever found it when it was rolled back.
    ...(record.injectedAt === undefined && foundAt !== undefined ? { injectedAt: foundAt } : {}),
    effectSeen: record.isActiveAfterInject === true && isActiveToTheEnd && isCountSeen,
    ...(hits === undefined ? {} : { hits }),
    ...(seen === undefined ? {} : { seen }),
  };
}

function highest(counts: (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}
