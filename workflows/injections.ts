import { CancellationScope, condition, getExternalWorkflowHandle, setHandler } from '@temporalio/workflow';
import type { SignalDefinition } from '@temporalio/workflow';
import type { InjectionRecord } from '../src/domain/evidence';
import type { Injection } from '../src/domain/injection';
import type { Observation } from '../src/domain/observation';
import { workflowId } from '../src/domain/workflow-id';
import { describeFailure } from './failure';
import type { InjectionInput } from './injection-input';
import { injectionReport, rollBack, unlock } from './messages';
import type { ForInjection } from './messages';
import { injectTimeoutMs } from './proxies';
import { blankRecord, startInjection } from './start-injection';

/** Past this an injection that the observer told to end is told again by its experiment. */
const endingSoonMs = 1_000;

/** So long a late inject is waited for: for its own time-out, and once more when it did arrive. */
const settleMaxMs = 2 * injectTimeoutMs;

interface Known {
  record: InjectionRecord;
  injection?: Injection;
  /** Its workflow ended without a word: terminated from outside. */
  isLost: boolean;
  /** Its workflow is over, however it ended: the lock is free. */
  isClosed: boolean;
}

/** The injections of one experiment as they report themselves. */
export class Injections {
  private readonly known = new Map<string, Known>();

  constructor() {
    setHandler(injectionReport, ({ record, injection }) => {
      if (this.known.has(record.injectionId)) this.know(record, injection);
    });
  }

  /** Starts one as a child whose id is the lock; throws `WorkflowExecutionAlreadyStartedError` when it is held. */
  async start(input: InjectionInput): Promise<void> {
    // Known before it starts, since its first report may come in one task with the news of its start.
    this.know(blankRecord(input));
    const child = await startInjection(input).catch((error: unknown) => {
      this.known.delete(input.injectionId);
      throw error;
    });
    const ended = CancellationScope.nonCancellable(() => child.result());
    ended.then(
      (record) => this.close(record),
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

  /** Whether each of these has ended. */
  areEnded(ids: string[]): boolean {
    return this.of(ids).every(isEnded);
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

  /** Tells these to end, where they have not; resolves once Temporal has handed the message on. */
  async tellToEnd(ids: string[], cause: string): Promise<void> {
    await Promise.all(
      this.open(ids).map((one) => this.tell(one, rollBack, { injectionId: one.record.injectionId, cause })),
    );
  }

  /** Waits until each of these is seen gone, at most `withinMs`; the late ones stand as `failed`. */
  async untilGone(ids: string[], withinMs: number): Promise<void> {
    if (this.areEnded(ids)) return;
    if (await condition(() => this.areEnded(ids), withinMs, { summary: 'rolled back and seen gone' })) return;
    for (const one of this.open(ids)) one.record.end = 'failed';
  }

  /** Waits a moment for these to end by themselves: the observer has already told them that the hold is over. */
  async endingSoon(ids: string[]): Promise<void> {
    await condition(() => this.areEnded(ids), endingSoonMs, { summary: 'the observer has told them' });
  }

  /** Whether each of these was seen gone, and stayed so: only then may the next fault come. */
  areGone(ids: string[]): boolean {
    return this.of(ids).every(({ record }) => isGone(record) && record.cameBackAt === undefined);
  }

  /** Waits until no late inject can bring one back, `withinMs` beyond the time that takes; the others stand as `failed`. */
  async settled(withinMs: number): Promise<void> {
    const open = (): Known[] =>
      [...this.known.values()].filter((one) => !one.isClosed && one.record.isSettling === true);
    if (open().length === 0) return;
    if (await condition(() => open().length === 0, settleMaxMs + withinMs, { summary: 'no late inject any more' }))
      return;
    for (const { record } of open()) {
      record.end = 'failed';
      record.error ??= 'nobody could look whether a late inject had arrived after its rollback; still trying';
    }
  }

  /** Gives back those of these locks that an earlier step holds, and waits until they can be taken again. */
  async handBack(lockKeys: string[], withinMs: number): Promise<void> {
    const held = (): Known[] =>
      [...this.known.values()].filter((one) => !one.isClosed && lockKeys.includes(one.record.lockKey));
    if (held().length === 0) return;
    await Promise.all(held().map((one) => this.tell(one, unlock, { injectionId: one.record.injectionId })));
    if (await condition(() => held().length === 0, withinMs, { summary: 'the earlier step gives its locks back' }))
      return;
    const names = held().map((one) => one.record.lockKey);
    throw new Error(`${names.join(', ')} was not given back by an earlier step within ${withinMs / 1000} s`);
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

  private open(ids: string[]): Known[] {
    return this.of(ids).filter((one) => !isEnded(one));
  }

  private of(ids: string[]): Known[] {
    return ids.flatMap((id) => this.known.get(id) ?? []);
  }

  private know(record: InjectionRecord, injection?: Injection): void {
    const before = this.known.get(record.injectionId);
    const kept = injection ?? before?.injection;
    const isClosed = before?.isClosed ?? false;
    this.known.set(record.injectionId, { record, isLost: false, isClosed, ...(kept ? { injection: kept } : {}) });
  }

  private close(record: InjectionRecord): void {
    this.know(record);
    const one = this.known.get(record.injectionId);
    if (one) one.isClosed = true;
  }

  private lose(injectionId: string, why: string): void {
    const one = this.known.get(injectionId);
    if (!one) return;
    one.isLost = true;
    one.isClosed = true;
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

function isGone({ end }: InjectionRecord): boolean {
  return end === 'absent' || end === 'gone';
}

function isEnded(one: Known): boolean {
  const { record } = one;
  const isOver = record.end !== undefined && record.end !== 'failed';
  const neverPrepared = record.preparedAt === undefined && (record.refusal ?? record.error) !== undefined;
  return one.isClosed || isOver || neverPrepared;
}
