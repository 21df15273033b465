import type { Json } from './json';
import type { Target } from './survey';

/** The durable record of one fault on chosen targets, with what was there before: enough to roll back from. */
export interface Injection {
  /** `[a-z0-9-]`, at most 40 characters; the tag at the target and the idempotency key. */
  injectionId: string;
  experimentId: string;
  /** The driver's kind. */
  fault: string;
  environment: string;
  lockKey: string;
  /** The id of the Temporal namespace that owns it. */
  home: string;
  targets: Target[];
  params: Json;
  /** What rollback needs; the driver's own. */
  originals: Json;
  preparedAt: string;
  hardStopAt: string;
  /** After this instant no inject may act and any sweep may remove the fault. */
  notAfter: string;
  leaseMs: number;
}

/** What the target itself says of an injection. */
export interface FaultStatus {
  state: 'absent' | 'armed' | 'partial' | 'active' | 'overdue' | 'drifted' | 'unknown';
  /** One sentence without secrets. */
  evidence: string;
  /** How often the fault was met so far, where the target counts. */
  hits?: number;
  /** How often it could have been met, where the target counts. */
  seen?: number;
}

/** How a rollback ended; anything else is an exception and is tried again. */
export interface RollbackResult {
  end: 'absent' | 'gone' | 'drifted';
  /** Whether the fault was still in effect when the rollback came. */
  foundActive: boolean;
  evidence: string;
  hits?: number;
  seen?: number;
}

/** Instants that bound an injection, computed once under the lock. */
export interface Clocks {
  lockedAt: string;
  hardStopAt: string;
  notAfter: string;
}

/** Room between the planned end of a hold and the hard stop. */
export const hardStopMarginMs = 30_000;

/** Computes the bounds of an injection from the instant its lock was taken. */
export function clocksOf(
  lockedAtMs: number,
  times: { injectWithinMs: number; forMs: number; rollbackWithinMs: number },
): Clocks {
  const hardStopMs = lockedAtMs + times.injectWithinMs + times.forMs + hardStopMarginMs;
  return {
    lockedAt: new Date(lockedAtMs).toISOString(),
    hardStopAt: new Date(hardStopMs).toISOString(),
    notAfter: new Date(hardStopMs + times.rollbackWithinMs).toISOString(),
  };
}
