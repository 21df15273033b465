import type { PlannedSignal, Reading } from '../../src/domain/signal';
import type { ObserveInput } from '../contract';
import type { Eyes } from './eyes';
import type { Memory } from './memory';
import { tallyReading } from './memory';
import type { SeriesWriter } from './series-writer';

/** Reads every signal in its own rhythm, always over windows that lie wholly after one instant. */
export class Rounds {
  private readonly dueAtMs = new Map<string, number>();
  private sinceMs = 0;

  constructor(
    private readonly input: ObserveInput,
    private readonly memory: Memory,
    private readonly eyes: Eyes,
    private readonly series: SeriesWriter,
  ) {}

  /** From now on windows begin at `sinceMs`; with `clipped`, ones that are still short are read too. */
  restart(sinceMs: number, nowMs: number, clipped: boolean): void {
    this.sinceMs = sinceMs;
    for (const signal of this.input.plan.signals) {
      const first = clipped ? Math.min(signal.everyMs, signal.windowMs) : signal.windowMs;
      const waitMs = this.eyes.isWindowed(signal) ? first : 0;
      this.dueAtMs.set(signal.name, Math.max(nowMs, sinceMs + waitMs));
    }
  }

  /** Reads what is due, keeps it for the store and tallies it. */
  async read(nowMs: number): Promise<Reading[]> {
    const due = this.input.plan.signals.filter((signal) => (this.dueAtMs.get(signal.name) ?? nowMs) <= nowMs);
    const readings = await Promise.all(due.map((signal) => this.readOne(signal, nowMs)));
    for (const reading of readings) {
      this.series.add(reading);
      tallyReading(this.memory, reading);
    }
    return readings;
  }

  /** Reads every signal over all that lies between the start of the windows and now. */
  async readWhole(nowMs: number): Promise<Reading[]> {
    const windowMs = Math.max(1, nowMs - this.sinceMs);
    return Promise.all(this.input.plan.signals.map((signal) => this.eyes.read(signal, windowMs, nowMs)));
  }

  /** The same for the signals that aggregate, to be asked after the probes were closed. */
  async readWindows(nowMs: number): Promise<Reading[]> {
    const windowMs = Math.max(1, nowMs - this.sinceMs);
    const windowed = this.input.plan.signals.filter((signal) => this.eyes.isWindowed(signal));
    return Promise.all(windowed.map((signal) => this.eyes.read(signal, windowMs, nowMs)));
  }

  /** When the next reading is due, in milliseconds since the epoch. */
  nextDueAtMs(): number {
    return Math.min(...this.dueAtMs.values(), Infinity);
  }

  private readOne(signal: PlannedSignal, nowMs: number): Promise<Reading> {
    const windowMs = this.eyes.isWindowed(signal) ? Math.min(signal.windowMs, nowMs - this.sinceMs) : signal.windowMs;
    this.dueAtMs.set(signal.name, nowMs + signal.everyMs);
    return this.eyes.read(signal, Math.max(1, windowMs), nowMs);
  }
}
