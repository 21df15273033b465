import type { Json } from './json';

/** One source of raw observations that several signals may share, such as a synthetic client. */
export interface PlannedProbe {
  /** The name of the signal that declared it. */
  id: string;
  /** The provider's kind, such as `http`. */
  kind: string;
  /** The provider's own parameters, every default filled. */
  query: Json;
}

/** A measurable quantity of the environment, by name. */
export interface PlannedSignal {
  name: string;
  /** The id of the probe it is measured from. */
  probe: string;
  /** What is measured there, such as `p95`; one of the provider's measures. */
  measure: string;
  windowMs: number;
  everyMs: number;
  /** The unit of its values: `ratio`, `ms`, `count`, `word` or what the provider says. */
  unit: string;
}

/** One value of a signal over the window that ended at `at`, or why there is none. Unknown is never a number. */
export type Reading = KnownReading | UnknownReading;

/** A reading with a value; `n` is how many raw observations it rests on. */
export interface KnownReading {
  signal: string;
  at: string;
  windowMs: number;
  state: 'ok';
  value: number | string;
  n: number;
}

/** A reading without a value, with the reason in plain words (no secret in it). */
export interface UnknownReading {
  signal: string;
  at: string;
  windowMs: number;
  state: 'no-data' | 'stale' | 'error';
  reason: string;
}
