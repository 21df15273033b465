/**
 * Makes one call per key at a time: who asks while one is under way waits for that one, so that a cache that has just lost
 * a key, or is gone, does not send every reader to the database at once.
 */
export class SingleFlight {
  private readonly underWay = new Map<string, Promise<unknown>>();

  /** Resolves or rejects as the call under way for this key does, or as a new one. One key must mean one type. */
  run<T>(key: string, call: () => Promise<T>): Promise<T> {
    const known = this.underWay.get(key) as Promise<T> | undefined;
    if (known) return known;
    const flight = call().finally(() => this.underWay.delete(key));
    this.underWay.set(key, flight);
    return flight;
  }
}
