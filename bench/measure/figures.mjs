import { cpus, loadavg } from 'node:os';

/** The value below which that share of the samples lies (nearest rank). */
export function quantile(samples, share) {
  const sorted = [...samples].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** Smallest, middle, late and largest of some samples, to a tenth. */
export function spread(samples) {
  const of = (share) => Number(quantile(samples, share).toFixed(1));
  return { n: samples.length, min: of(0), p50: of(0.5), p90: of(0.9), p99: of(0.99), max: of(1) };
}

/** What the figures depend on: the machine, and how many processes wanted its cores in the last minute. */
export function machine() {
  return { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, loadAverage: loadNow() };
}

/** The load average of the last minute. */
export function loadNow() {
  return Number(loadavg()[0].toFixed(1));
}
