/** How many of the latest reads the cache could answer. */
export class HitRatio {
  private readonly hits: boolean[] = [];

  constructor(private readonly reads: number) {}

  /** Notes one read. */
  note(isHit: boolean): void {
    this.hits.push(isHit);
    if (this.hits.length > this.reads) this.hits.shift();
  }

  /** The share of hits, 0 to 1; `null` before the first read, because nothing is known then. */
  current(): number | null {
    if (this.hits.length === 0) return null;
    return this.hits.filter(Boolean).length / this.hits.length;
  }
}
