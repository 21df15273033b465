import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage } from './error-code';
import type { RunningTemporal } from './temporal-server';

/** A server that is started again, at the same address and with the same database, whenever its process ends. */
export interface KeptTemporal extends Pick<RunningTemporal, 'address' | 'uiUrl' | 'adopted' | 'stop'> {
  /** Rejects when it could not be started again, with what stays and how to go on. */
  failed: Promise<never>;
  /** From now on it is not started again; a start that is under way may end. */
  letGo(): void;
  /** Whether it has ended and will not come back. */
  isGone(): Promise<boolean>;
}

/** How a server is kept. */
export interface Keeping {
  /** Starts one on the same port and database. */
  restart(): Promise<RunningTemporal>;
  /** Told whenever it ends and when it is back. */
  log(line: string): void;
  /** What to say about what stays when it cannot be started again. */
  advice: string;
  /** How often to look, and how long to wait between two starts. */
  lookMs?: number;
  pauseMs?: number;
}

/** This many starts in a row that fail, or whose server ends at once, are enough. */
const failuresMax = 3;
/** One that lived as long as this did not fail to start. */
const settledMs = 10_000;

/** Keeps a server alive until it is let go of. */
export function keepTemporal(first: RunningTemporal, keeping: Keeping): KeptTemporal {
  return new TemporalKeeper(first, keeping);
}

class TemporalKeeper implements KeptTemporal {
  readonly address: string;
  readonly adopted: boolean;
  readonly uiUrl?: string;
  readonly failed: Promise<never>;
  private readonly leaving = new AbortController();
  private readonly watching: Promise<void>;
  private isWatched = true;
  private current: RunningTemporal;

  constructor(
    first: RunningTemporal,
    private readonly keeping: Keeping,
  ) {
    this.current = first;
    this.address = first.address;
    this.adopted = first.adopted;
    if (first.uiUrl !== undefined) this.uiUrl = first.uiUrl;
    this.watching = this.watch();
    const forget = (): void => void (this.isWatched = false);
    this.watching.then(forget, forget);
    this.failed = this.watching.then(() => new Promise<never>(() => undefined));
    // Whoever is interested listens to it; until then it must not end the process.
    this.failed.catch(() => undefined);
  }

  letGo(): void {
    this.leaving.abort();
  }

  async isGone(): Promise<boolean> {
    // As long as it is watched, a start may be under way that brings it back.
    return this.leaving.signal.aborted && !this.isWatched && !(await this.current.isRunning());
  }

  async stop(): Promise<void> {
    this.letGo();
    await this.watching.catch(() => undefined);
    await this.current.stop();
  }

  private async watch(): Promise<void> {
    let [failures, startedAtMs] = [0, performance.now()];
    while (await this.hasEnded()) {
      if (performance.now() - startedAtMs >= settledMs) failures = 0;
      this.keeping.log(`Temporal (process ${this.current.pid}) has ended: starting it again on ${this.address}`);
      failures = await this.bringBack(failures);
      startedAtMs = performance.now();
    }
  }

  /** Resolves to true once it has ended by itself, to false once it was let go of. */
  private async hasEnded(): Promise<boolean> {
    while (!this.leaving.signal.aborted) {
      if (!(await this.current.isRunning())) return !this.leaving.signal.aborted;
      await this.pause(this.keeping.lookMs ?? 250);
    }
    return false;
  }

  /** Resolves to how many starts count as failed by now: the one that succeeded may yet turn out to be one. */
  private async bringBack(before: number): Promise<number> {
    let why = 'it ended again at once';
    for (let failures = before; !this.leaving.signal.aborted; failures += 1) {
      if (failures >= failuresMax) throw new Error(describeEnd(this.address, why, this.keeping.advice));
      if (failures > 0) await this.pause(this.keeping.pauseMs ?? 1_000);
      const trouble = await this.restartOnce();
      if (trouble === undefined) return failures + 1;
      why = trouble;
      this.keeping.log(`Temporal did not start again: ${why}`);
    }
    return before;
  }

  private async restartOnce(): Promise<string | undefined> {
    try {
      const restarted = await this.keeping.restart();
      if (restarted.address !== this.address) return `another one runs here, at ${restarted.address}`;
      this.current = restarted;
      this.keeping.log(`Temporal is back on ${this.address} (process ${restarted.pid}) with all that it knew`);
      return undefined;
    } catch (error) {
      return errorMessage(error);
    }
  }

  /** Ends early when it is let go of, and keeps no process alive. */
  private async pause(ms: number): Promise<void> {
    const options = { ref: false, signal: this.leaving.signal };
    await sleep(ms, undefined, options).catch(() => undefined);
  }
}

function describeEnd(address: string, why: string, advice: string): string {
  return `Temporal on ${address} has ended and could not be started again ${failuresMax} times in a row: ${why}. ${advice}`;
}
