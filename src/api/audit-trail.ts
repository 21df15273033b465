import type { AuditEntry } from '../domain/evidence-store';
import { answeredInTime, messageOf, storeOf } from './ask';
import type { ApiParts } from './parts';

/** Remembers the acts of people on the side: nothing waits for it, and what cannot be stored is logged. */
export interface AuditTrail {
  record(entry: Omit<AuditEntry, 'at'>): void;
  /** The same for what one person does to one subject only once: sent again, after a lost answer, it is the same act. */
  recordOnce(entry: Omit<AuditEntry, 'at'>): void;
  /** Resolves when everything recorded so far is stored or logged. */
  settled(): Promise<void>;
}

const storedWithinMs = 10_000;

/** Makes the trail of one server. */
export function auditTrail(parts: Pick<ApiParts, 'store' | 'now' | 'log'>): AuditTrail {
  const pending = new Set<Promise<void>>();
  const keep = (entry: Omit<AuditEntry, 'at'>, isOnce: boolean): void => {
    const write: Promise<void> = append(parts, { ...entry, at: parts.now().toISOString() }, isOnce).finally(() =>
      pending.delete(write),
    );
    pending.add(write);
  };
  return {
    record: (entry) => keep(entry, false),
    recordOnce: (entry) => keep(entry, true),
    settled: async () => void (await Promise.all(pending)),
  };
}

async function append(parts: Pick<ApiParts, 'store' | 'log'>, entry: AuditEntry, isOnce: boolean): Promise<void> {
  try {
    await answeredInTime(storeOf(parts).appendAudit(entry, { isOnce }), storedWithinMs);
  } catch (error) {
    parts.log(`Could not store in the audit: ${JSON.stringify(entry)}: ${messageOf(error)}`);
  }
}
