/** What a breaker does with calls: lets all through, none, or a few to find out. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** When a breaker opens and closes; shares are 0 to 1. */
export interface BreakerLimits {
  /** How many of the latest calls are looked at; fewer never open the breaker. */
  calls: number;
  /** Opens when this share of them failed. */
  failureShare: number;
  openMs: number;
  /** How many calls are let through after that; it closes again when fewer than `failureShare` of them fail. */
  trialCalls: number;
  /** How long a call that was let through on trial may stay unanswered before it is taken for lost. */
  trialMs: number;
}

/** Leave to make one call, to be handed back with `record`. */
export type Permit = number;

/**
 * A circuit breaker (M. Nygard, "Release It!") over a window of the latest calls. Every permit must be followed by one
 * `record`; instants are milliseconds of a clock that never goes back.
 */
export class CircuitBreaker {
  private state: BreakerState = 'closed';
  /** Counts the changes of state: what a call says about an earlier state is not heard any more. */
  private era = 0;
  private outcomes: boolean[] = [];
  private trialsLeft = 0;
  private changedAtMs = 0;

  constructor(
    private readonly limits: BreakerLimits,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** The state at this instant; an open breaker whose time is over is half open. */
  current(): BreakerState {
    const elapsedMs = this.nowMs() - this.changedAtMs;
    if (this.state === 'open' && elapsedMs >= this.limits.openMs) this.enter('half-open');
    else if (this.state === 'half-open' && elapsedMs >= this.limits.trialMs) this.enter('half-open');
    return this.state;
  }

  /** Gives leave to make one call now, or `undefined`; in a half-open breaker this takes one of the trial calls. */
  requestPermit(): Permit | undefined {
    const state = this.current();
    if (state === 'closed') return this.era;
    if (state === 'open' || this.trialsLeft === 0) return undefined;
    this.trialsLeft -= 1;
    return this.era;
  }

  /** Notes how a permitted call ended. */
  record(permit: Permit, succeeded: boolean): void {
    const state = this.current();
    if (permit !== this.era) return;
    this.outcomes.push(succeeded);
    if (state === 'closed') this.judgeWindow();
    else if (this.outcomes.length === this.limits.trialCalls) this.enter(this.isFailing() ? 'open' : 'closed');
  }

  private judgeWindow(): void {
    if (this.outcomes.length > this.limits.calls) this.outcomes.shift();
    if (this.outcomes.length === this.limits.calls && this.isFailing()) this.enter('open');
  }

  private isFailing(): boolean {
    const failed = this.outcomes.filter((succeeded) => !succeeded).length;
    return failed >= this.limits.failureShare * this.outcomes.length;
  }

  private enter(state: BreakerState): void {
    this.state = state;
    this.era += 1;
    this.outcomes = [];
    this.trialsLeft = this.limits.trialCalls;
    this.changedAtMs = this.nowMs();
  }
}
