import type { ZodType } from 'zod';
import type { Json } from './json';
import type { Reading } from './signal';

/** What a measure of a provider yields. */
export interface Measure {
  summary: string;
  /** The unit of its values: `ratio`, `ms`, `count`, `per-second`, or `value` for a number or word of the system's own. */
  unit: string;
  /** True when a reading aggregates everything inside its window, false when it is the latest value. */
  isWindowed: boolean;
  /** Whether more is better, for the default guards; absent when neither direction is harm. */
  better?: 'more' | 'less';
}

/** What a provider may know of the experiment that asks. */
export interface ProbeContext {
  experimentId: string;
  /** Aborted when the observation ends. */
  signal: AbortSignal;
  /** What `connection` describes, resolved; else resolves secrets of the environment. Never logged. */
  connection: unknown;
}

/** A running probe: reads over any window that ended at or before now, until it is closed. */
export interface Probe {
  /** Never throws: a failure is a reading with state `error` and a reason without secrets. */
  read(query: { signal: string; measure: string; windowMs: number }, at: Date): Promise<Reading>;
  /** Raw observations since the last call, for the evidence; absent where a provider has none. */
  drain?(): Json[];
  /** Ends the probe and delivers what is still under way. Twice equals once. */
  close(): Promise<void>;
}

/** Port: where readings come from. `kind` is also the key in a scenario's `signals`. */
export interface SignalProvider<Query = unknown> {
  kind: string;
  summary: string;
  /** The parameters as an author writes them. */
  query: ZodType<Query>;
  /** Schema of `connections.<kind>` in an environment file, after references are resolved; absent where none is needed. */
  connection?: ZodType;
  /** How long before its end a reading looks in any case, in ms: no window may be shorter. Absent where a window is all. */
  lookBackMs?(query: unknown): number;
  /** By name; the first is the default. */
  measures: Record<string, Measure>;
  /** Starts observing; parameters are parsed again. Errors: only when the query itself is invalid. */
  open(query: unknown, context: ProbeContext): Promise<Probe>;
}
