import type { AuditEntry, EvidenceStore, ExperimentRow, SeriesChunk } from '../../src/domain/evidence-store';
import type { Evidence } from '../../src/domain/evidence';
import type { Verdict } from '../../src/domain/verdict';

/** The evidence store in memory; `isAway` makes every call fail. */
export class FakeStore implements EvidenceStore {
  chunks: SeriesChunk[] = [];
  rows: ExperimentRow[] = [];
  readonly kept = new Map<string, { evidence: Evidence; verdict: Verdict }>();
  readonly audit: AuditEntry[] = [];
  isAway = false;

  async writeChunk(chunk: SeriesChunk): Promise<void> {
    this.answer();
    this.chunks.push(chunk);
  }

  async readChunks(experimentId: string): Promise<SeriesChunk[]> {
    this.answer();
    return this.chunks.filter((chunk) => chunk.experimentId === experimentId);
  }

  async saveExperiment(row: ExperimentRow): Promise<void> {
    this.answer();
    this.rows.unshift(row);
  }

  async listExperiments(limit: number): Promise<ExperimentRow[]> {
    this.answer();
    return this.rows.slice(0, limit);
  }

  async saveEvidence(evidence: Evidence, verdict: Verdict): Promise<void> {
    this.answer();
    this.kept.set(evidence.experimentId, { evidence, verdict });
  }

  async readEvidence(experimentId: string): Promise<{ evidence: Evidence; verdict: Verdict } | undefined> {
    this.answer();
    return this.kept.get(experimentId);
  }

  async appendAudit(entry: AuditEntry, { isOnce } = { isOnce: false }): Promise<void> {
    this.answer();
    const isSame = (one: AuditEntry): boolean =>
      one.by === entry.by && one.action === entry.action && one.subject === entry.subject;
    if (isOnce && this.audit.some(isSame)) return;
    this.audit.unshift(entry);
  }

  async listAudit(limit: number): Promise<AuditEntry[]> {
    this.answer();
    return this.audit.slice(0, limit);
  }

  async close(): Promise<void> {}

  private answer(): void {
    if (this.isAway) throw new Error('database is gone');
  }
}
