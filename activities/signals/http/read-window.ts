import type { Reading } from '../../../src/domain/signal';
import { knownReading, unknownReading } from '../reading';
import { httpMeasures } from './measures';
import type { Samples } from './samples';

/**
 * Reads a measure over the requests that ended in (at - windowMs, at]. A request still under way is not yet known and
 * counts in the window in which it ends, at the latest by its time-out: a window that has passed never changes.
 */
export function readWindow(
  samples: Samples,
  startedAtMs: number,
  query: { signal: string; measure: string; windowMs: number },
  at: Date,
): Reading {
  const fromMs = at.getTime() - query.windowMs;
  const tally = samples.tally(fromMs, at.getTime());
  const spanMs = at.getTime() - Math.max(fromMs, startedAtMs);
  const value = tally.n === 0 ? undefined : httpMeasures[query.measure]?.of(tally, Math.max(spanMs, 1));
  if (value !== undefined && Number.isFinite(value)) return knownReading(query, at, value, tally.n);
  return unknownReading(
    query,
    at,
    'no-data',
    `no request ended in the ${query.windowMs / 1000} s before ${at.toISOString()}`,
  );
}
