interface Due {
  atMs: number;
  order: number;
  act: () => void;
}

/** Time that moves only when nothing is left to do at the present instant. */
export class VirtualClock {
  private order = 0;
  private due: Due[] = [];

  constructor(public nowMs: number) {}

  /** Acts after so many milliseconds; returns what takes it back. */
  after(delayMs: number, act: () => void): () => void {
    const one = { atMs: this.nowMs + Math.max(0, delayMs), order: (this.order += 1), act };
    this.due.push(one);
    return () => {
      this.due = this.due.filter((other) => other !== one);
    };
  }

  /** When something is due next; undefined when nothing is. */
  get nextAtMs(): number | undefined {
    return this.next()?.atMs;
  }

  /** Moves to the next thing that is due and does it. */
  step(): void {
    const next = this.next();
    if (!next) return;
    this.due = this.due.filter((other) => other !== next);
    this.nowMs = next.atMs;
    next.act();
  }

  private next(): Due | undefined {
    return this.due.reduce<Due | undefined>(
      (first, one) =>
        !first || one.atMs < first.atMs || (one.atMs === first.atMs && one.order < first.order) ? one : first,
      undefined,
    );
  }
}
