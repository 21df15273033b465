import type { AuditEntry } from '../domain/evidence-store';
import { answeredInTime, messageOf, storeOf } from './ask';
import type { ApiParts } from './parts';

/** Remembers the acts of people on the side: nothing waits for it, and what cannot be stored is logged. */
export interface AuditTrail {
  record(entry: Omit<AuditEntry, 'at'>): void;
  /** Resolves when everything recorded so far is stored or logged. */
  settled(): Promise<void>;
}

const storedWithinMs = 10_000;

/** Makes the trail of one server. */
export function auditTrail(parts: Pick<ApiParts, 'store' | 'now' | 'log'>): AuditTrail {
  const pending = new Set<Promise<void>>();
  return {
    record(entry) {
      const write: Promise<void> = append(parts, { ...entry, at: parts.now().toISOString() }).finally(() =>
        pending.delete(write),
      );
      pending.add(write);
    },
    settled: async () => void (await Promise.all(pending)),
  };
}

async function append(parts: Pick<ApiParts, 'store' | 'log'>, entry: AuditEntry): Promise<void> {
  try {
    await answeredInTime(storeOf(parts).appendAudit(entry), storedWithinMs);
  } catch (error) {
    parts.log(`Could not store in the audit: ${JSON.stringify(entry)}: ${messageOf(error)}`);
  }
}
