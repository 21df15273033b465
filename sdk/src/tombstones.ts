/** What is left of a rule that is over: its counts, how it ended, and until when its id stays refused. */
export interface Tombstone {
  id: string;
  /** `removed` by the control, `ended` by itself while active, `lapsed` while it was only armed. */
  reason: 'removed' | 'ended' | 'lapsed';
  endsAtMs: number;
  hits: number;
  seen: number;
}

const tombstonesMax = 10_000;

/** The rules that are over, each until its time; beyond ten thousand the one that would go first goes early. */
export class Tombstones {
  readonly #byId = new Map<string, Tombstone>();

  /** The tombstone under this id, or undefined when there is none or its time is over. */
  find(id: string, nowMs: number): Tombstone | undefined {
    const found = this.#byId.get(id);
    return found !== undefined && found.endsAtMs > nowMs ? found : undefined;
  }

  /** Places or replaces a tombstone. */
  place(tombstone: Tombstone, nowMs: number): void {
    this.#byId.delete(tombstone.id);
    this.#makeRoom(nowMs);
    this.#byId.set(tombstone.id, tombstone);
  }

  /** Every tombstone whose time is not over, oldest first. */
  list(nowMs: number): Tombstone[] {
    this.#forgetPast(nowMs);
    return [...this.#byId.values()];
  }

  #makeRoom(nowMs: number): void {
    if (this.#byId.size < tombstonesMax) return;
    this.#forgetPast(nowMs);
    if (this.#byId.size < tombstonesMax) return;
    const first = [...this.#byId.values()].reduce((a, b) => (b.endsAtMs < a.endsAtMs ? b : a));
    this.#byId.delete(first.id);
  }

  #forgetPast(nowMs: number): void {
    for (const { id, endsAtMs } of this.#byId.values()) if (endsAtMs <= nowMs) this.#byId.delete(id);
  }
}
