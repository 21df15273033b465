import type { Evidence } from './evidence';
import type { Json } from './json';
import type { Reading } from './signal';
import type { Verdict, VerdictWord } from './verdict';

/** Part of the full series of one signal in one observation; written twice equals once. */
export interface SeriesChunk {
  experimentId: string;
  /** The observation's id, such as `hold-1`. */
  observation: string;
  signal: string;
  /** Unique per observation and signal, growing with time. */
  number: number;
  readings: Reading[];
  /** Raw observations of the probe, kept once with the signal that declared it. */
  samples: Json[];
}

/** One line of the list of experiments. */
export interface ExperimentRow {
  experimentId: string;
  scenario: string;
  environment: string;
  isRehearsal: boolean;
  startedBy: string;
  startedAt: string;
  endedAt?: string;
  verdict?: VerdictWord;
}

/** An act of a person that must stay known. */
export interface AuditEntry {
  at: string;
  by: string;
  action: string;
  subject: string;
  reason: string;
}

/** Port: where evidence lives. A projection: nothing on the path of safety waits for it. */
export interface EvidenceStore {
  /** Idempotent by (experimentId, observation, signal, number). */
  writeChunk(chunk: SeriesChunk): Promise<void>;
  /** In order of observation start, signal and number. */
  readChunks(experimentId: string): Promise<SeriesChunk[]>;
  /** Inserts or replaces the line of an experiment. */
  saveExperiment(row: ExperimentRow): Promise<void>;
  /** Newest first. */
  listExperiments(limit: number): Promise<ExperimentRow[]>;
  /** Inserts or replaces; also brings the experiment's line up to date. */
  saveEvidence(evidence: Evidence, verdict: Verdict): Promise<void>;
  readEvidence(experimentId: string): Promise<{ evidence: Evidence; verdict: Verdict } | undefined>;
  /** Equal entries are entries of their own, but of an act that happens once per person and subject the first alone is kept. */
  appendAudit(entry: AuditEntry, act?: { isOnce: boolean }): Promise<void>;
  listAudit(limit: number): Promise<AuditEntry[]>;
  close(): Promise<void>;
}
