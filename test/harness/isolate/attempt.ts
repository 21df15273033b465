import type { ControlActivities, InjectActivities, WatchActivities } from '../../../activities/contract';
import type { VirtualClock } from './virtual-clock';

type Activities = ControlActivities & InjectActivities & WatchActivities;

/** Fakes for every activity, typed by the contract; each is handed the attempt it runs as. */
export type Fakes = {
  [Name in keyof Activities]: (
    input: Parameters<Activities[Name]>[0],
    attempt: Attempt,
  ) => ReturnType<Activities[Name]>;
};

/** Thrown by a fake whose worker has died: nobody hears of this attempt again, only a time-out tells. */
export class WorkerVanished extends Error {}

/** What a fake knows of the attempt it runs as; its time is virtual. */
export class Attempt {
  /** Resolves when a heartbeat would say so: the workflow asked for it, or it is open no more. */
  readonly cancelled: Promise<'requested' | 'gone'>;
  /** True once its worker was killed: whatever it still waits for never comes. */
  isDead = false;
  private tell: (how: 'requested' | 'gone') => void = () => undefined;

  constructor(
    readonly number: number,
    readonly workflowId: string,
    private readonly clock: VirtualClock,
  ) {
    this.cancelled = new Promise((resolve) => {
      this.tell = resolve;
    });
  }

  get nowMs(): number {
    return this.clock.nowMs;
  }

  /** The present instant, as data holds it. */
  get now(): string {
    return new Date(this.nowMs).toISOString();
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.clock.after(ms, () => {
        if (!this.isDead) resolve();
      });
    });
  }

  /** Never ends by itself. */
  hang(): Promise<never> {
    return new Promise(() => undefined);
  }

  /** Sleeps, unless it is cancelled before. */
  async sleepOrCancelled(ms: number): Promise<'requested' | 'gone' | undefined> {
    return Promise.race([this.cancelled, this.sleep(ms)]).then((how) => how ?? undefined);
  }

  /** For the harness: what the next heartbeat says. */
  cancel(how: 'requested' | 'gone'): void {
    this.tell(how);
  }
}
