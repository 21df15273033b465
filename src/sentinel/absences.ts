/** Since when names have been missing without a break. */
export class Absences {
  private since = new Map<string, number>();

  constructor(private readonly lastingMs: number) {}

  /** Notes which names are missing now; returns those that were at every look for as long as counts as for good. */
  note(missing: string[], nowMs: number): string[] {
    this.since = new Map(missing.map((name) => [name, this.since.get(name) ?? nowMs]));
    return missing.filter((name) => nowMs - (this.since.get(name) ?? nowMs) >= this.lastingMs);
  }
}
