import { eventually } from '../../contract/eventually';
import type { Side } from './side';

interface Sighting {
  atMs: number;
  faults: string[];
}

/** Asks one target again and again which faults are in effect, and remembers every change. */
export class Watchtower {
  readonly changes: Sighting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly side: Side) {
    void this.look();
  }

  get now(): string[] {
    return this.changes.at(-1)?.faults ?? [];
  }

  /** How often a fault came into effect. */
  get appearances(): number {
    return this.changes.filter(({ faults }, index) => faults.length > (this.changes[index - 1]?.faults.length ?? 0))
      .length;
  }

  /** When the last fault went, in milliseconds since the epoch; 0 when none ever did. */
  get goneAtMs(): number {
    return this.changes.findLast(({ faults }, index) => index > 0 && faults.length === 0)?.atMs ?? 0;
  }

  async untilThere(withinMs = 60_000): Promise<void> {
    await eventually(`a fault on ${this.side.lockKey}`, withinMs, async () => this.now.length > 0);
  }

  async untilGone(withinMs: number): Promise<void> {
    await eventually(`no fault on ${this.side.lockKey}`, withinMs, async () => this.now.length === 0);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    const faults = (await this.side.faults().catch(() => this.now)).sort();
    if (this.changes.length === 0 || faults.join() !== this.now.join()) this.changes.push({ atMs: Date.now(), faults });
    if (!this.isClosed) this.timer = setTimeout(() => void this.look(), 50);
  }
}
