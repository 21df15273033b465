import type { Measure } from '../../../src/domain/signal-provider';
import { percentile } from './histogram';
import type { Outcome } from './sample';
import type { Tally } from './tally';

interface HttpMeasure extends Measure {
  /** Its value over requests that ended within `spanMs`, of which there is at least one; undefined when there is none. */
  of(tally: Tally, spanMs: number): number | undefined;
}

/** What the synthetic client measures, by name; the first is the default. */
export const httpMeasures: Record<string, HttpMeasure> = {
  'success-ratio': {
    ...windowed('Share of the requests that were answered as expected.', 'ratio', 'more'),
    of: (tally) => timesOf(tally, 'ok') / tally.n,
  },
  'error-ratio': {
    ...windowed('Share of the requests that failed or were answered otherwise than expected.', 'ratio', 'less'),
    of: (tally) => 1 - timesOf(tally, 'ok') / tally.n,
  },
  p50: latency(50),
  p95: latency(95),
  p99: latency(99),
  rate: {
    ...windowed('Requests that ended per second.', 'per-second'),
    of: (tally, spanMs) => tally.n / (spanMs / 1000),
  },
  timeouts: times('timeout', 'Requests without a complete answer in time.'),
  refused: times('refused', 'Requests whose connection was refused.'),
  resets: times('reset', 'Requests whose connection broke before the answer was complete.'),
  'status-5xx': times('status-5xx', 'Unexpected answers with a status of 500 to 599.'),
  'status-4xx': times('status-4xx', 'Unexpected answers with a status of 400 to 499.'),
  overflow: times('overflow', 'Requests that never started, because too many were still waiting for an answer.'),
};

function latency(percent: number): HttpMeasure {
  return {
    ...windowed(`The latency that ${percent} % of all requests, failed ones included, did not exceed.`, 'ms', 'less'),
    of: (tally) => percentile(tally.latencies, percent / 100),
  };
}

function times(outcome: Outcome, summary: string): HttpMeasure {
  return { ...windowed(summary, 'count', 'less'), of: (tally) => timesOf(tally, outcome) };
}

function windowed(summary: string, unit: string, better?: 'more' | 'less'): Measure {
  return better === undefined ? { summary, unit, isWindowed: true } : { summary, unit, isWindowed: true, better };
}

function timesOf(tally: Tally, outcome: Outcome): number {
  return tally.outcomes.get(outcome) ?? 0;
}
