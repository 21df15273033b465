/** The fixed parts of an experiment, in the order in which they happen. */
export const phases = [
  'preflight',
  'approval',
  'silence',
  'baseline',
  'steps',
  'rollback',
  'recovery',
  'verdict',
] as const;

/** One of the fixed parts of an experiment. */
export type Phase = (typeof phases)[number];

/** When an experiment was in a phase; `endedAt` is absent while it still is. */
export interface PhaseRecord {
  phase: Phase;
  startedAt: string;
  endedAt?: string;
}
