import {
  CancellationScope,
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  condition,
  getExternalWorkflowHandle,
  setHandler,
  startChild,
} from '@temporalio/workflow';
import type { SignalDefinition } from '@temporalio/workflow';
import type { InjectionRecord } from '../src/domain/evidence';
import type { Injection } from '../src/domain/injection';
import type { Observation } from '../src/domain/observation';
import type { ExperimentInput } from '../src/domain/progress';
import { workflowId } from '../src/domain/workflow-id';
import { describeFailure } from './failure';
import type { injection } from './injection';
import type { InjectionInput } from './injection-input';
import { abort, injectionReport, rollBack, unlock } from './messages';
import type { ForInjection } from './messages';
import { searchAttributes } from './search-attributes';

interface Known {
  record: InjectionRecord;
  injection?: Injection;
  /** Its workflow ended without a word: terminated from outside. */
  isLost: boolean;
}

/** The injections of one experiment as they report themselves. */
export class Injections {
  private readonly known = new Map<string, Known>();

  constructor(private readonly experiment: ExperimentInput) {
    setHandler(injectionReport, ({ record, injection }) => {
      if (this.known.has(record.injectionId)) this.know(record, injection);
    });
  }

  /** Starts one as a child whose id is the lock; throws `WorkflowExecutionAlreadyStartedError` when it is held. */
  async start(input: InjectionInput): Promise<void> {
    const child = await CancellationScope.nonCancellable(() =>
      startChild<typeof injection>('injection', {
        workflowId: workflowId.injection(input.lockKey),
        args: [input],
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
        staticSummary: `${input.step.fault} on ${input.lockKey} for ${this.experiment.experimentId}`,
        memo: memoOf(input),
        typedSearchAttributes: [
          { key: searchAttributes.experiment, value: input.experimentId },
          { key: searchAttributes.environment, value: input.environment },
          { key: searchAttributes.lock, value: input.lockKey },
        ],
      }),
    );
    this.know(blankRecord(input));
    const ended = CancellationScope.nonCancellable(() => child.result());
    ended.then(
      (record) => this.know(record),
      (error: unknown) => this.lose(input.injectionId, describeFailure(error)),
    );
  }

  /** All records, in the order of their start. */
  records(): InjectionRecord[] {
    return [...this.known.values()].map((one) => one.record);
  }

  /** The prepared injections among these ids. */
  prepared(ids: string[]): Injection[] {
    return this.of(ids).flatMap((one) => (one.injection ? [one.injection] : []));
  }

  /** Waits until each is armed or at least one has ended. */
  async armed(ids: string[]): Promise<void> {
    await condition(() => this.isAnyEnded(ids) || this.prepared(ids).length === ids.length);
  }

  /** Whether one of these has ended: refused, failed, rolled back or terminated. */
  isAnyEnded(ids: string[]): boolean {
    return this.of(ids).some(isEnded);
  }

  /** Whether the workflow of one of these was ended from outside. */
  isAnyLost(ids: string[]): boolean {
    return this.of(ids).some((one) => one.isLost);
  }

  /** Why those of these that ended did so before their time. */
  refusals(ids: string[]): string[] {
    return this.of(ids).flatMap((one) => one.record.refusal ?? []);
  }

  /** What went wrong with these. */
  errors(ids: string[]): string[] {
    return this.of(ids).flatMap((one) => one.record.error ?? []);
  }

  /** Ends the hold of these and waits until each is seen gone, at most `withinMs`; the late ones stand as `failed`. */
  async rollBack(ids: string[], cause: string, withinMs: number): Promise<void> {
    const open = (): Known[] => this.of(ids).filter((one) => !isEnded(one));
    await Promise.all(open().map((one) => this.tell(one, rollBack, { injectionId: one.record.injectionId, cause })));
    if (await condition(() => open().length === 0, withinMs, { summary: 'rolled back and seen gone' })) return;
    for (const one of open()) one.record.end = 'failed';
  }

  /** Gives every lock back. */
  async unlock(): Promise<void> {
    const open = [...this.known.values()].filter((one) => !one.isLost);
    await Promise.all(open.map((one) => this.tell(one, unlock, { injectionId: one.record.injectionId })));
  }

  /** Takes over what an observer saw of the rollback of an injection whose own workflow was terminated. */
  settleLost(observation: Observation): void {
    for (const rollback of observation.rollbacks) {
      const one = this.known.get(rollback.injectionId);
      if (!one?.isLost || !rollback.result) continue;
      one.record.end = rollback.result.end;
      one.record.rolledBackAt = rollback.at;
      one.record.rollbackEvidence = `by the observer: ${rollback.result.evidence}`;
    }
  }

  /** Stops an injection of this experiment that an earlier run of it, before a reset, left behind. */
  async abortLeftOver(lockKey: string): Promise<void> {
    const { experimentId, startedBy } = this.experiment;
    const stop = {
      kind: 'abort',
      by: startedBy,
      reason: 'left over from before a reset',
      at: new Date(Date.now()).toISOString(),
    } as const;
    await getExternalWorkflowHandle(workflowId.injection(lockKey)).signal(abort, { experimentId, stop });
  }

  private of(ids: string[]): Known[] {
    return ids.flatMap((id) => this.known.get(id) ?? []);
  }

  private know(record: InjectionRecord, injection?: Injection): void {
    const before = this.known.get(record.injectionId);
    const kept = injection ?? before?.injection;
    this.known.set(record.injectionId, { record, isLost: false, ...(kept ? { injection: kept } : {}) });
  }

  private lose(injectionId: string, why: string): void {
    const one = this.known.get(injectionId);
    if (!one) return;
    one.isLost = true;
    one.record.error = `the injection's workflow was ended from outside: ${why}`;
  }

  private async tell<Message extends ForInjection>(
    one: Known,
    message: SignalDefinition<[Message]>,
    content: Message,
  ): Promise<void> {
    await getExternalWorkflowHandle(workflowId.injection(one.record.lockKey))
      .signal(message, content)
      .catch(() => undefined);
  }
}

function isEnded(one: Known): boolean {
  const { record } = one;
  const isOver = record.end !== undefined && record.end !== 'failed';
  const neverPrepared = record.preparedAt === undefined && (record.refusal ?? record.error) !== undefined;
  return one.isLost || isOver || neverPrepared;
}

function blankRecord(input: InjectionInput): InjectionRecord {
  return {
    injectionId: input.injectionId,
    stepId: input.step.id,
    fault: input.step.fault,
    lockKey: input.lockKey,
    targets: input.targets.map((target) => target.identity),
    countsHits: input.capabilities.countsHits,
    effectSeen: false,
  };
}

/** What tells the holder of a lock without a worker. */
function memoOf({ injectionId, experimentId, environment, step }: InjectionInput): Record<string, string> {
  return { injectionId, experimentId, environment, fault: step.fault };
}
