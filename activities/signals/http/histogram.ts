/** Latencies in buckets that are 2 % wide, so that a percentile is at most 2 % above the exact one. */
export type Histogram = Map<number, number>;

const growth = Math.log(1.02);

/** Counts a latency. */
export function addLatency(histogram: Histogram, latencyMs: number): void {
  const bucket = Math.ceil(Math.log(Math.max(latencyMs, 0.01)) / growth);
  histogram.set(bucket, (histogram.get(bucket) ?? 0) + 1);
}

/** The buckets as pairs of their upper bound in ms and how many latencies they hold. */
export function weightedLatencies(histogram: Histogram): [latencyMs: number, count: number][] {
  return [...histogram].map(([bucket, count]) => [Math.exp(bucket * growth), count]);
}

/** The smallest latency that at least the given share of all do not exceed (nearest rank); undefined when there is none. */
export function percentile(latencies: [latencyMs: number, count: number][], share: number): number | undefined {
  const sorted = [...latencies].sort(([left], [right]) => left - right);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let left = Math.max(1, Math.ceil(total * share));
  return sorted.find(([, count]) => (left -= count) <= 0)?.[0];
}
