import type { Evidence } from '../domain/evidence';
import type { SeriesChunk } from '../domain/evidence-store';
import type { Verdict } from '../domain/verdict';

/** All that a report is made from; nothing else is looked up, not even the time. */
export interface ReportInput {
  evidence: Evidence;
  verdict: Verdict;
  chunks: SeriesChunk[];
}
