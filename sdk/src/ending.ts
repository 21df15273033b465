/** The one moment at which a rule stops; whoever waits because of the rule is let go at once. */
export class Ending {
  readonly #waiting = new Set<() => void>();
  hasCome = false;

  /** Calls back once, at the end, or at once when it has come; the answer takes the wish back. */
  whenReached(callback: () => void): () => void {
    if (this.hasCome) callback();
    else this.#waiting.add(callback);
    return () => this.#waiting.delete(callback);
  }

  /** Ends everything that waits; a second call does nothing. */
  reach(): void {
    this.hasCome = true;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const callback of waiting) callback();
  }
}
