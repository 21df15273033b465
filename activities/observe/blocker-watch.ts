import { readBlockers } from '../blockers';
import type { ObserveInput } from '../contract';
import type { Tools } from '../tools';
import type { Ended } from './look';

/** Blockers are asked this often while a fault is in effect. */
const everyMs = 2_000;

/** Asks the environment's blockers beside the hold: a real incident or deployment ends it. */
export class BlockerWatch {
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;
  private reasons: string[] = [];

  constructor(
    private readonly tools: Tools,
    private readonly input: ObserveInput,
  ) {}

  /** Begins to ask, where the environment has any blocker. */
  start(): void {
    if (this.input.purpose === 'hold' && this.input.plan.environment.blockers.length > 0) void this.ask();
  }

  /** The end of the hold, once any blocker says so or cannot be read. */
  blocked(): Ended | undefined {
    return this.reasons.length > 0 ? { end: 'blocked', reasons: this.reasons } : undefined;
  }

  /** Stops asking. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  private async ask(): Promise<void> {
    const { environment, experimentId, plan } = this.input;
    this.reasons = await readBlockers(this.tools, environment, experimentId, plan.environment.blockers).catch(
      (error: unknown) => [`the blockers cannot be read: ${error instanceof Error ? error.message : String(error)}`],
    );
    if (!this.isClosed) this.timer = setTimeout(() => void this.ask(), everyMs);
  }
}
