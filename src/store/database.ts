/** The tables, in types that an embedded file and Postgres share: text, whole numbers, JSON as text. */
export interface Database {
  migration: { number: number; name: string };
  experiment: ExperimentTable;
  evidence: { experimentId: string; evidence: string; verdict: string };
  chunk: ChunkTable;
  audit: AuditTable;
}

/** One line per experiment; `isRehearsal` is 0 or 1. */
export interface ExperimentTable {
  experimentId: string;
  scenario: string;
  environment: string;
  isRehearsal: number;
  startedBy: string;
  startedAt: string;
  endedAt: string | null;
  verdict: string | null;
}

/** One line per chunk of series; its key is what makes writing twice equal to writing once. */
export interface ChunkTable {
  experimentId: string;
  observation: string;
  signal: string;
  number: number;
  readings: string;
  samples: string;
}

/** One line per act of a person, numbered in the order in which they came. */
interface AuditTable {
  number: number;
  at: string;
  by: string;
  action: string;
  subject: string;
  reason: string;
}
