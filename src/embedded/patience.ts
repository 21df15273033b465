import { setTimeout as sleep } from 'node:timers/promises';
import { answeredInTime } from '../api/ask';
import { GamedayError } from '../client/gameday';
import { errorMessage } from './error-code';

/** What bounds the waiting of somebody who wants to leave. */
export interface PatienceOptions {
  /** Told every ten seconds what is waited for. */
  log(line: string): void;
  /** Whether the one that is asked will never answer again. */
  isHopeless?(): Promise<boolean>;
  /** How long to wait from the moment on at which this is first defined; undefined while there is no such end. */
  withinMs?(): number | undefined;
  /** Milliseconds on a clock that never goes back. */
  now?(): number;
  pauseMs?: number;
}

/** Thrown when waiting is no use any more; says why. */
class GaveUp extends Error {}

const answerWithinMs = 5_000;
const silenceMaxMs = 60_000;
const tellEveryMs = 10_000;

/** Waits as long as somebody answers, says what for, and gives up on somebody who does not. */
export class Patience {
  private answeredAtMs: number;
  private toldAtMs: number;
  private limitedAtMs: number | undefined;
  private trouble = 'no answer';

  constructor(private readonly options: PatienceOptions) {
    this.answeredAtMs = this.toldAtMs = this.now();
  }

  /** Asks once; undefined when there was no answer. A no is an answer too, and is undefined as well. */
  async ask<Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      const answer = await answeredInTime(question(), answerWithinMs);
      this.answeredAtMs = this.now();
      return answer;
    } catch (error) {
      if (error instanceof GamedayError) this.answeredAtMs = this.now();
      this.trouble = errorMessage(error);
      return undefined;
    }
  }

  /** Asks until there is an answer; throws GaveUp. */
  async untilAnswered<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const answer = await this.ask(question);
      if (answer !== undefined) return answer;
      await this.wait('Temporal answers');
    }
  }

  /** Waits for a moment; throws GaveUp when that is no use any more. */
  async wait(what: string): Promise<void> {
    const why = await this.whyGiveUp();
    if (why !== undefined) throw new GaveUp(`not waiting any longer until ${what}: ${why}`);
    if (this.now() - this.toldAtMs >= tellEveryMs) {
      this.toldAtMs = this.now();
      this.options.log(`still waiting until ${what}`);
    }
    await sleep(this.options.pauseMs ?? 100);
  }

  private async whyGiveUp(): Promise<string | undefined> {
    const silentMs = this.now() - this.answeredAtMs;
    if (silentMs >= silenceMaxMs) return `Temporal has not answered for ${silenceMaxMs / 1_000} s (${this.trouble})`;
    if (await this.options.isHopeless?.()) return 'the local Temporal server has ended';
    const withinMs = this.options.withinMs?.();
    if (withinMs === undefined) return undefined;
    this.limitedAtMs ??= this.now();
    return this.now() - this.limitedAtMs >= withinMs ? `it has not happened within ${withinMs / 1_000} s` : undefined;
  }

  private now(): number {
    return (this.options.now ?? (() => performance.now()))();
  }
}
