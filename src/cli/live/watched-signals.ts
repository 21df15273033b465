import type { ExperimentEvents } from '../../api/answers';
import type { Reading } from '../../domain/signal';

/** The latest readings of every signal, in order of time, however chunks arrive. */
export class WatchedSignals {
  private readonly series = new Map<string, Map<string, Reading>>();

  /** Takes a chunk; the same one twice is the same as once. */
  take({ signal, readings }: ExperimentEvents['reading']): void {
    const known = this.series.get(signal) ?? new Map<string, Reading>();
    for (const reading of readings) known.set(reading.at, reading);
    this.series.set(signal, known);
  }

  /** The last `count` readings of each signal that has any. */
  latest(count: number): { signal: string; readings: Reading[] }[] {
    return [...this.series].map(([signal, known]) => {
      const readings = [...known.values()].sort((left, right) => (left.at < right.at ? -1 : 1));
      return { signal, readings: readings.slice(-count) };
    });
  }
}
