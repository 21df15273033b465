import { addLatency, weightedLatencies, type Histogram } from './histogram';
import type { Outcome, Sample } from './sample';

/** Requests of some stretch of time, added up. */
export interface Tally {
  n: number;
  outcomes: Map<Outcome, number>;
  latencies: [latencyMs: number, count: number][];
}

/** A stretch so old that its samples are no longer kept one by one. */
export interface Condensed {
  outcomes: Map<Outcome, number>;
  histogram: Histogram;
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return { n: 0, outcomes: new Map(), latencies: [] };
}

/** Adds one request with its exact latency. */
export function tallySample(tally: Tally, sample: Sample): void {
  tally.n += 1;
  tally.latencies.push([sample.latencyMs, 1]);
  count(tally.outcomes, sample.outcome, 1);
}

/** Adds a condensed stretch. */
export function tallyCondensed(tally: Tally, condensed: Condensed): void {
  for (const [outcome, times] of condensed.outcomes) {
    tally.n += times;
    count(tally.outcomes, outcome, times);
  }
  tally.latencies.push(...weightedLatencies(condensed.histogram));
}

/** Adds samples up so that they can be let go of. */
export function condense(samples: Sample[]): Condensed {
  const condensed: Condensed = { outcomes: new Map(), histogram: new Map() };
  for (const sample of samples) {
    count(condensed.outcomes, sample.outcome, 1);
    addLatency(condensed.histogram, sample.latencyMs);
  }
  return condensed;
}

function count(outcomes: Map<Outcome, number>, outcome: Outcome, times: number): void {
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + times);
}
