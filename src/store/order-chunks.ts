import type { SeriesChunk } from '../domain/evidence-store';

/** Sorts by the start of their observation, then signal, then number. */
export function orderChunks(chunks: SeriesChunk[]): SeriesChunk[] {
  const starts = observationStarts(chunks);
  const startOf = (chunk: SeriesChunk) => starts.get(chunk.observation) ?? '';
  return [...chunks].sort(
    (left, right) =>
      compare(startOf(left), startOf(right)) ||
      compare(left.observation, right.observation) ||
      compare(left.signal, right.signal) ||
      left.number - right.number,
  );
}

/** An observation starts with the earliest reading in any of its chunks. */
function observationStarts(chunks: SeriesChunk[]): Map<string, string> {
  const starts = new Map<string, string>();
  for (const chunk of chunks) {
    for (const { at } of chunk.readings) {
      const known = starts.get(chunk.observation);
      if (known === undefined || at < known) starts.set(chunk.observation, at);
    }
  }
  return starts;
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
