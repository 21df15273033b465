import { ApplicationFailure } from '@temporalio/common';
import { failureType } from '../../src/domain/failure-type';
import type { FaultStatus, Injection, RollbackResult } from '../../src/domain/injection';

/** One thing that happened at the target, as the target itself saw it. */
export interface TargetEvent {
  atMs: number;
  act: 'armed' | 'injected' | 'refused' | 'rolled back' | 'expired' | 'swept';
  injectionId: string;
  lockKey: string;
}

interface Fault {
  injection: Injection;
  state: 'armed' | 'active';
  leasedUntilMs: number;
}

/** A target that keeps the truth about its faults, whatever workflows and activities believe. */
export class FakeTarget {
  readonly log: TargetEvent[] = [];
  /** For stories whose observer looks too seldom to renew in time. */
  isLeaseEndless = false;
  /** How often a fault in effect is met; none means that nobody calls the target. */
  hits = 42;
  private readonly faults = new Map<string, Fault>();
  private readonly tombstones = new Set<string>();

  constructor(
    private readonly nowMs: () => number,
    readonly features: { hasFence: boolean; hasLease: boolean } = { hasFence: true, hasLease: true },
    /** Called just before a fault comes into effect. */
    public beforeInject: (injection: Injection) => void = () => undefined,
  ) {}

  /** The faults that are in effect at this instant. */
  active(): Injection[] {
    this.expire();
    return [...this.faults.values()].filter((fault) => fault.state === 'active').map((fault) => fault.injection);
  }

  /** Everything of ours that is there at this instant, harmless markers included. */
  traces(): Injection[] {
    this.expire();
    return [...this.faults.values()].map((fault) => fault.injection);
  }

  arm(injection: Injection): void {
    if (!this.features.hasFence) return;
    if (this.tombstones.has(injection.injectionId)) throw refused('its rollback has already come');
    if (this.faults.has(injection.injectionId)) return;
    this.put(injection, 'armed');
    this.note('armed', injection);
  }

  /** Converges to active; a fence refuses what finds no marker any more, and everything after `notAfter` is refused. */
  inject(injection: Injection): void {
    this.expire();
    const isFenced = this.features.hasFence && !this.faults.has(injection.injectionId);
    if (isFenced || this.nowMs() >= Date.parse(injection.notAfter)) {
      this.note('refused', injection);
      throw refused('a late inject does nothing');
    }
    if (this.status(injection).state === 'active') return;
    this.beforeInject(injection);
    this.put(injection, 'active');
    this.note('injected', injection);
  }

  renew({ injectionId, leaseMs }: Injection): void {
    this.expire();
    const fault = this.faults.get(injectionId);
    if (fault) fault.leasedUntilMs = this.nowMs() + leaseMs;
  }

  status({ injectionId }: Injection): FaultStatus {
    this.expire();
    const state = this.faults.get(injectionId)?.state ?? 'absent';
    return {
      state,
      evidence: `the target says ${state}`,
      ...(state === 'active' ? { hits: this.hits, seen: 105 } : {}),
    };
  }

  rollBack(injection: Injection): RollbackResult {
    const { state } = this.status(injection);
    this.remove(injection, 'rolled back');
    const isFound = state === 'active';
    const counts = isFound ? { hits: this.hits, seen: 105 } : {};
    return { end: 'absent', foundActive: isFound, evidence: 'removed and not listed any more', ...counts };
  }

  /** What a sweep does with one that it need not ask about. */
  sweep(injection: Injection): void {
    this.remove(injection, 'swept');
  }

  /** How often something happened, to one injection or to any. */
  count(act: TargetEvent['act'], injectionId?: string): number {
    return this.log.filter((event) => event.act === act && (injectionId ?? event.injectionId) === event.injectionId)
      .length;
  }

  private put(injection: Injection, state: Fault['state']): void {
    const leasedUntilMs = this.nowMs() + injection.leaseMs;
    this.faults.set(injection.injectionId, { injection, state, leasedUntilMs });
  }

  private remove(injection: Injection, act: 'rolled back' | 'swept'): void {
    this.faults.delete(injection.injectionId);
    this.tombstones.add(injection.injectionId);
    this.note(act, injection);
  }

  private expire(): void {
    if (!this.features.hasLease || this.isLeaseEndless) return;
    for (const { injection, leasedUntilMs, state } of this.faults.values())
      if (leasedUntilMs <= this.nowMs()) {
        this.faults.delete(injection.injectionId);
        if (state === 'active') this.note('expired', injection, leasedUntilMs);
      }
  }

  private note(act: TargetEvent['act'], { injectionId, lockKey }: Injection, atMs = this.nowMs()): void {
    this.log.push({ atMs, act, injectionId, lockKey });
  }
}

function refused(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, failureType.refused);
}
