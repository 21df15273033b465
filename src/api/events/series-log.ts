import type { SeriesChunk } from '../../domain/evidence-store';

/** Numbers chunks in the order in which they were first found, because one that was spooled may come late. */
export class SeriesLog {
  private readonly numbers = new Map<string, number>();

  /** Takes all chunks of an experiment and returns those after `series`, each with its number. */
  after(series: number, chunks: SeriesChunk[]): { number: number; chunk: SeriesChunk }[] {
    return chunks
      .map((chunk) => ({ number: this.numberOf(chunk), chunk }))
      .filter(({ number }) => number > series)
      .sort((left, right) => left.number - right.number);
  }

  private numberOf({ observation, signal, number }: SeriesChunk): number {
    const key = JSON.stringify([observation, signal, number]);
    const known = this.numbers.get(key) ?? this.numbers.size + 1;
    this.numbers.set(key, known);
    return known;
  }
}
