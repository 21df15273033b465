import type { PreparedEffect } from './effects/effect-kind';
import { Ending } from './ending';
import type { Rule, RuleContent, RuleState } from './rule';

/** What a request asks for: the content, the effect ready to be applied, and the two clocks in milliseconds. */
export interface RuleRequest {
  content: RuleContent;
  apply: PreparedEffect['apply'];
  leaseMs: number;
  remainingMs: number;
}

/** A rule in memory: content, state, counts and the instants on the monotonic clock at which it ends by itself. */
export class LiveRule {
  readonly content: RuleContent;
  readonly apply: PreparedEffect['apply'];
  readonly ending = new Ending();
  readonly endsAtMs: number;
  state: RuleState = 'armed';
  hits = 0;
  seen = 0;
  #leaseEndsAtMs: number;

  constructor(request: RuleRequest, nowMs: number) {
    this.content = request.content;
    this.apply = request.apply;
    this.endsAtMs = nowMs + request.remainingMs;
    this.#leaseEndsAtMs = this.#withinLife(nowMs + request.leaseMs);
  }

  /** Counts the lease anew from now, never beyond the rule's own end. */
  renew(leaseMs: number, nowMs: number): void {
    this.#leaseEndsAtMs = this.#withinLife(nowMs + leaseMs);
  }

  /** Milliseconds until the rule ends by itself unless renewed; zero or less when it has. */
  leaseRemainingMs(nowMs: number): number {
    return this.#leaseEndsAtMs - nowMs;
  }

  /** The rule as the protocol shows it, a copy. */
  show(nowMs: number): Rule {
    const leaseRemainingMs = Math.max(0, Math.round(this.leaseRemainingMs(nowMs)));
    const remainingMs = Math.max(0, Math.round(this.endsAtMs - nowMs));
    const { state, hits, seen } = this;
    return { ...this.content, state, leaseRemainingMs, remainingMs, hits, seen };
  }

  #withinLife(atMs: number): number {
    return Math.min(atMs, this.endsAtMs);
  }
}
