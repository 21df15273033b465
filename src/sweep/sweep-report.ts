import type { RollbackResult } from '../domain/injection';

/** One fault as a sweep found it. */
export interface SweptFault {
  environment: string;
  fault: string;
  injectionId: string;
  lockKey: string;
  notAfter: string;
  /** Why it was removed, or why it was kept. */
  reason: string;
}

/** A fault that a sweep removed. */
interface RemovedFault extends SweptFault {
  end: Exclude<RollbackResult['end'], 'drifted'>;
  foundActive: boolean;
  evidence: string;
}

/** A fault that is left: `held` by a living injection, `unknown` to us, `drifted` and no longer ours to remove. */
interface KeptFault extends SweptFault {
  state: 'held' | 'unknown' | 'drifted';
}

/** What a sweep could not do: remove one fault, or look at one driver's system at all. */
interface SweepFailure {
  environment: string;
  /** The driver's kind. */
  fault: string;
  injectionId?: string;
  /** In plain words, without secrets. */
  reason: string;
}

/** What one sweep found and did. */
export interface SweepReport {
  /** Faults looked at. */
  examined: number;
  removed: RemovedFault[];
  failed: SweepFailure[];
  kept: KeptFault[];
}

/** A report of nothing, to be added to. */
export function emptyReport(): SweepReport {
  return { examined: 0, removed: [], failed: [], kept: [] };
}
