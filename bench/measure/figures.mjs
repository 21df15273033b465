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

/** What the figures depend on: the machine, and how busy others keep it. */
export function machine() {
  const cpu = cpus()[0]?.model ?? 'unknown';
  return { node: process.version, cpu, cores: cpus().length, loadAverage: loadNow(), slowdown: slowdownNow() };
}

/** How many times slower than on a free core a busy process is right now: time on the wall per time on a core. */
export function slowdownNow() {
  const [startedAtMs, before] = [performance.now(), process.cpuUsage()];
  while (performance.now() - startedAtMs < 200);
  const { user, system } = process.cpuUsage(before);
  return Number(((performance.now() - startedAtMs) / ((user + system) / 1_000)).toFixed(1));
}

/** The load average of the last minute. */
export function loadNow() {
  return Number(loadavg()[0].toFixed(1));
}
