import type { Tolerance } from './tolerance';

/** A signal and the range its readings must lie in. */
export interface Expectation {
  signal: string;
  tolerance: Tolerance;
}

/** An expectation whose breach stops the hold at once: `count` of any `of` consecutive readings outside. */
export interface Guard extends Expectation {
  count: number;
  of: number;
}

/** A line of `during`, `steadyState` or `recovery` is breached when this many of consecutive readings lie outside. */
export const breachCount = { count: 3, of: 5 } as const;

/** Recovery needs this many consecutive readings inside, wholly after removal. */
export const recoveryCount = 3;
