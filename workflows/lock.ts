import {
  CancellationScope,
  condition,
  getExternalWorkflowHandle,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { AdmissionRequest } from '../src/domain/admission';
import type { InjectionRecord } from '../src/domain/evidence';
import { clocksOf } from '../src/domain/injection';
import type { Clocks, Injection } from '../src/domain/injection';
import { workflowId } from '../src/domain/workflow-id';
import type { InjectionInput } from './injection-input';
import { abort, halt, injectionReport, injectionState, leave, release, rollBack, unlock, watching } from './messages';
import type { ForInjection } from './messages';

/** The lock on a target while an injection holds it: its clocks, its record and the messages meant for it. */
export class Lock {
  readonly record: InjectionRecord;
  readonly clocks: Clocks;
  /** What may be cut short by a stop; never the rollback. */
  readonly work = new CancellationScope();
  injection: Injection | undefined;
  isWatched = false;
  isStopping = false;
  isUnlocked = false;
  isReleased = false;
  /** True once the rollback has taken longer than it may. */
  isLate = false;
  /** True when Temporal itself cancelled it: nobody is left who would unlock it. */
  isOrphan = false;
  /** When inject was first asked of the target. */
  injectTriedAt: string | undefined;
  /** When nobody tried to inject any more; what an earlier attempt still does may come later. */
  injectEndedAt: string | undefined;

  constructor(readonly input: InjectionInput) {
    const { step, rollbackWithinMs } = input;
    this.clocks = clocksOf(Date.now(), { ...step, rollbackWithinMs });
    this.record = {
      injectionId: input.injectionId,
      stepId: step.id,
      fault: step.fault,
      lockKey: input.lockKey,
      targets: input.targets.map((target) => target.identity),
      countsHits: input.capabilities.countsHits && !input.isRehearsal,
      effectSeen: false,
      ...this.clocks,
    };
    this.listen();
    this.heedCancellation();
  }

  /** Ends whatever is under way, once; the rollback follows. */
  stop(cause: string): void {
    if (this.isStopping) return;
    this.isStopping = true;
    setCurrentDetails(`Stopping: ${cause}`);
    this.work.cancel();
  }

  /** Resolves true when told to stop, false when the instant is reached first. */
  async stoppedBefore(instant: string): Promise<boolean> {
    const leftMs = Date.parse(instant) - Date.now();
    return leftMs > 0 && (await condition(() => this.isStopping, leftMs, { summary: 'hard stop' }));
  }

  /** Tells the experiment how far this injection is; an experiment that is gone needs no telling. */
  async report(): Promise<void> {
    const { parent } = workflowInfo();
    if (!parent) return;
    const report = { record: this.record, ...(this.injection ? { injection: this.injection } : {}) };
    await getExternalWorkflowHandle(parent.workflowId)
      .signal(injectionReport, report)
      .catch(() => undefined);
  }

  /** Gives the place in the environment's budget back. */
  async leave(): Promise<void> {
    await getExternalWorkflowHandle(workflowId.environment(this.input.environment))
      .signal(leave, { kind: 'injection', id: this.input.injectionId })
      .catch(() => undefined);
  }

  /** The question for a place in the environment's budget. */
  admission(): AdmissionRequest {
    const { injectionId, experimentId, lockKey, concurrentInjectionsMax } = this.input;
    const holder = { id: injectionId, experimentId, lockKey, since: this.clocks.lockedAt };
    return { kind: 'injection', holder, max: concurrentInjectionsMax };
  }

  private listen(): void {
    const { injectionId, experimentId, environment } = this.input;
    const isMine = (message: ForInjection): boolean => message.injectionId === injectionId;
    setHandler(watching, (message) => {
      if (isMine(message)) this.isWatched = true;
    });
    setHandler(rollBack, (message) => {
      if (isMine(message)) this.stop(message.cause);
    });
    setHandler(unlock, (message) => {
      if (isMine(message)) this.unlock();
    });
    setHandler(release, (message) => {
      if (isMine(message)) this.release(`released by ${message.by.name}: ${message.reason}`);
    });
    setHandler(abort, (message) => {
      if (message.experimentId === experimentId) this.stop(`${message.stop.kind} by ${message.stop.by.name}`);
    });
    setHandler(halt, (message) => {
      if (message.environment === environment) this.stop(`halt by ${message.halt.by.name}`);
    });
    setHandler(injectionState, () => ({
      injectionId,
      experimentId,
      record: this.record,
      isStopping: this.isStopping,
    }));
  }

  /** A cancellation comes from Temporal: the experiment was ended from outside, or a person clicked there. */
  private heedCancellation(): void {
    CancellationScope.current().cancelRequested.catch(() => {
      this.isOrphan = true;
      this.stop('cancelled in Temporal');
    });
  }

  private unlock(): void {
    this.isUnlocked = true;
    this.stop('unlocked');
  }

  private release(how: string): void {
    this.isReleased = true;
    this.isUnlocked = true;
    this.record.rollbackEvidence = how;
    this.stop(how);
  }
}
