import type { SeriesChunk } from './evidence-store';
import type { Reading } from './signal';

/** The readings of a signal over time, each instant once; of one observation or of the whole experiment. */
export function seriesOf(chunks: SeriesChunk[], signal: string, observation?: string): Reading[] {
  const readings = chunks
    .filter((chunk) => chunk.signal === signal && (observation ?? chunk.observation) === chunk.observation)
    .flatMap((chunk) => chunk.readings);
  const byInstant = new Map(readings.map((reading) => [reading.at, reading]));
  return [...byInstant.values()].sort((left, right) => (left.at < right.at ? -1 : 1));
}

/** Whether a reading looked at nothing before an instant. */
export function liesWhollyAfter(reading: Reading, instant: string): boolean {
  return Date.parse(reading.at) - reading.windowMs >= Date.parse(instant);
}
