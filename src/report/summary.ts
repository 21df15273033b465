import type { Evidence, InjectionRecord } from '../domain/evidence';
import type { PhaseRecord } from '../domain/phase';
import { exitCodes, type Verdict, type VerdictWord } from '../domain/verdict';
import { timingsOf } from './timings';

/** The one document that `gameday run --json` prints: what a pipeline wants to know. */
export interface Summary {
  experimentId: string;
  verdict: VerdictWord;
  exitCode: number;
  reasons: string[];
  scenario: string;
  environment: string;
  isRehearsal: boolean;
  planHash: string;
  startedBy: string;
  startedAt: string;
  endedAt: string;
  phases: PhaseRecord[];
  injections: SummaryInjection[];
  /** In ms, null for what never happened; each with how finely it could be told. */
  timings: SummaryTimings;
  /** Where the report is; absent when none was written. */
  report?: string;
}

/** What became of one injection; a field that is absent did not happen. */
type SummaryInjection = Pick<
  InjectionRecord,
  | 'injectionId'
  | 'fault'
  | 'lockKey'
  | 'targets'
  | 'injectedAt'
  | 'effectSeen'
  | 'hits'
  | 'seen'
  | 'rolledBackAt'
  | 'end'
  | 'refusal'
  | 'error'
>;

/** Detection, rollback and recovery in ms. */
interface SummaryTimings {
  detectMs: number | null;
  rollbackMs: number | null;
  recoveryMs: number | null;
  detectResolutionMs: number;
  rollbackResolutionMs: number;
  recoveryResolutionMs: number;
}

/** Sums up an experiment for a machine. */
export function summaryOf(evidence: Evidence, verdict: Verdict, report?: string): Summary {
  return {
    experimentId: evidence.experimentId,
    verdict: verdict.verdict,
    exitCode: exitCodes[verdict.verdict],
    reasons: verdict.reasons,
    scenario: evidence.plan.name,
    environment: evidence.plan.environment.name,
    isRehearsal: evidence.isRehearsal,
    planHash: evidence.planHash,
    startedBy: evidence.startedBy.name,
    startedAt: evidence.startedAt,
    endedAt: evidence.endedAt,
    phases: evidence.phases,
    injections: evidence.injections.map(injectionOf),
    timings: timingsFor(evidence),
    ...(report === undefined ? {} : { report }),
  };
}

function injectionOf(record: InjectionRecord): SummaryInjection {
  const { injectionId, fault, lockKey, targets, injectedAt, effectSeen, hits, seen } = record;
  const { rolledBackAt, end, refusal, error } = record;
  return {
    ...{ injectionId, fault, lockKey, targets, effectSeen },
    ...(injectedAt === undefined ? {} : { injectedAt }),
    ...(hits === undefined ? {} : { hits }),
    ...(seen === undefined ? {} : { seen }),
    ...(rolledBackAt === undefined ? {} : { rolledBackAt }),
    ...(end === undefined ? {} : { end }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(error === undefined ? {} : { error }),
  };
}

function timingsFor(evidence: Evidence): SummaryTimings {
  const { detect, rollback, recovery } = timingsOf(evidence);
  return {
    detectMs: detect.ms,
    rollbackMs: rollback.ms,
    recoveryMs: recovery.ms,
    detectResolutionMs: detect.resolutionMs,
    rollbackResolutionMs: rollback.resolutionMs,
    recoveryResolutionMs: recovery.resolutionMs,
  };
}
