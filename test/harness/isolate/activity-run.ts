import { ApplicationFailure, CancelledFailure, TimeoutFailure, TimeoutType } from '@temporalio/common';
import { optionalTsToMs, tsToMs } from '@temporalio/common/lib/time';
import { coresdk } from '@temporalio/proto';
import { Attempt, WorkerVanished } from './attempt';
import type { Fakes } from './attempt';
import { decode, encode, encodeFailure } from './payloads';
import type { VirtualClock } from './virtual-clock';

/** What a local activity and any other have in common; only the other may have heartbeats. */
type Scheduled = coresdk.workflow_commands.IScheduleLocalActivity &
  Pick<coresdk.workflow_commands.IScheduleActivity, 'heartbeatTimeout'>;
type Resolution = coresdk.activity_result.IActivityResolution;

const { TRY_CANCEL } = coresdk.workflow_commands.ActivityCancellationType;

/** One scheduled activity: its attempts, its time-outs and its cancellation, as a server would keep them. */
export class ActivityRun {
  private readonly scheduledAtMs: number;
  private number = 0;
  private attempt: Attempt | undefined;
  private isClosed = false;
  private isCancelRequested = false;
  private timeouts: (() => void)[] = [];

  constructor(
    private readonly scheduled: Scheduled,
    private readonly workflowId: string,
    private readonly clock: VirtualClock,
    private readonly fakes: Fakes,
    private readonly awayMs: () => number,
    private readonly resolve: (resolution: Resolution) => void,
  ) {
    this.scheduledAtMs = clock.nowMs;
  }

  /** Begins an attempt; the ones before it may still run, but nobody listens to them any more. */
  begin(): void {
    if (this.isClosed) return;
    if (this.awayMs() > 0) return void this.clock.after(this.awayMs(), () => this.begin());
    this.number += 1;
    const attempt = new Attempt(this.number, this.workflowId, this.clock);
    this.attempt = attempt;
    this.watchTime(attempt);
    const heard = (act: () => void) => (): void => {
      if (this.attempt === attempt && !attempt.isDead && !this.isClosed) act();
    };
    this.call(attempt).then(
      (value) => heard(() => this.close({ completed: { result: encode(value)[0] ?? null } }))(),
      (error: unknown) => heard(() => this.failed(attempt, error))(),
    );
  }

  /** Its worker is killed: what runs there stops without a word, and only a time-out tells. */
  kill(): void {
    if (!this.attempt) return;
    this.attempt.isDead = true;
    this.failed(this.attempt, new WorkerVanished());
  }

  /** What the workflow asked for; only an activity with heartbeats hears of it while it runs. */
  requestCancel(): void {
    this.isCancelRequested = true;
    if (!this.attempt || this.scheduled.cancellationType === TRY_CANCEL) this.closeCancelled();
    this.tellCancelled('requested');
  }

  /** The workflow is open no more: the next heartbeat says so, and nobody waits for the answer. */
  abandon(): void {
    this.isClosed = true;
    this.clearTimeouts();
    this.tellCancelled('gone');
  }

  private async call(attempt: Attempt): Promise<unknown> {
    const name = this.scheduled.activityType ?? '';
    if (!isFaked(this.fakes, name)) throw new Error(`no fake for the activity ${name}`);
    const fake: (input: never, attempt: Attempt) => Promise<unknown> = this.fakes[name];
    // What a workflow sends is typed where it calls; here it is only data.
    return fake(decode(this.scheduled.arguments?.[0]) as never, attempt);
  }

  private watchTime(attempt: Attempt): void {
    const startToCloseMs = optionalTsToMs(this.scheduled.startToCloseTimeout) ?? 0;
    const leftMs = this.deadlineMs - this.clock.nowMs;
    const isLast = leftMs <= startToCloseMs;
    const kind = isLast ? TimeoutType.SCHEDULE_TO_CLOSE : TimeoutType.START_TO_CLOSE;
    const late = (): void => this.failed(attempt, new TimeoutFailure('activity timed out', undefined, kind), isLast);
    this.timeouts.push(this.clock.after(Math.min(leftMs, startToCloseMs), late));
  }

  private failed(attempt: Attempt, error: unknown, isFinal = false): void {
    if (this.attempt !== attempt || this.isClosed) return;
    if (error instanceof WorkerVanished) return this.missHeartbeat(attempt);
    this.clearTimeouts();
    this.attempt = undefined;
    if (error instanceof CancelledFailure && this.isCancelRequested) return this.closeCancelled();
    const backoffMs = this.backoffMs();
    const isTooLate = this.clock.nowMs + backoffMs > this.deadlineMs || this.number === this.attemptsMax;
    if (isFinal || isTooLate || this.isCancelRequested || this.isNonRetryable(error)) return this.closeFailed(error);
    this.clock.after(backoffMs, () => this.begin());
  }

  private missHeartbeat(attempt: Attempt): void {
    if (!this.scheduled.heartbeatTimeout) return;
    const missed = new TimeoutFailure('activity heartbeat timed out', undefined, TimeoutType.HEARTBEAT);
    const afterMs = tsToMs(this.scheduled.heartbeatTimeout);
    this.timeouts.push(this.clock.after(afterMs, () => this.failed(attempt, missed)));
  }

  private get deadlineMs(): number {
    const withinMs = optionalTsToMs(this.scheduled.scheduleToCloseTimeout) ?? 0;
    return withinMs === 0 ? Infinity : this.scheduledAtMs + withinMs;
  }

  private get attemptsMax(): number {
    return this.scheduled.retryPolicy?.maximumAttempts || Infinity;
  }

  private backoffMs(): number {
    const policy = this.scheduled.retryPolicy;
    const initialMs = optionalTsToMs(policy?.initialInterval) ?? 1_000;
    const maximumMs = optionalTsToMs(policy?.maximumInterval) ?? initialMs * 100;
    return Math.min(maximumMs, initialMs * (policy?.backoffCoefficient || 2) ** (this.number - 1));
  }

  private isNonRetryable(error: unknown): boolean {
    if (!(error instanceof ApplicationFailure)) return false;
    const types = this.scheduled.retryPolicy?.nonRetryableErrorTypes ?? [];
    return error.nonRetryable === true || types.includes(error.type ?? '');
  }

  private tellCancelled(how: 'requested' | 'gone'): void {
    if (this.scheduled.heartbeatTimeout) this.attempt?.cancel(how);
  }

  private closeFailed(error: unknown): void {
    this.close({ failed: { failure: this.wrapped(encodeFailure(error), 'activity task failed') } });
  }

  private closeCancelled(): void {
    const cause = encodeFailure(new CancelledFailure('activity cancelled'));
    this.close({ cancelled: { failure: this.wrapped(cause, 'activity cancelled') } });
  }

  private wrapped(cause: ReturnType<typeof encodeFailure>, message: string) {
    const { activityId = '', activityType = '' } = this.scheduled;
    return { message, cause, activityFailureInfo: { activityId, activityType: { name: activityType }, retryState: 0 } };
  }

  private close(resolution: Resolution): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.clearTimeouts();
    this.resolve(resolution);
  }

  private clearTimeouts(): void {
    for (const clear of this.timeouts) clear();
    this.timeouts = [];
  }
}

function isFaked(fakes: Fakes, name: string): name is keyof Fakes {
  return name in fakes;
}
