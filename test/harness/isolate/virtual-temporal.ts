import { CancelledFailure, TerminatedFailure } from '@temporalio/common';
import type { Payload, QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common';
import type { Fakes } from './attempt';
import { carryOut, nobodyThere } from './carry-out';
import { Execution } from './execution';
import type { Outcome, Parent } from './execution';
import type { Isolate, Job } from './isolate';
import { decodeAll, decodeFailure, encode, encodeFailure } from './payloads';
import { VirtualClock } from './virtual-clock';

/** What may take a while between workflows: the delivery of a message, or the start of a task. */
export type Hop = 'signal' | 'task';

export interface VirtualTemporalOptions {
  isolate: Isolate;
  fakes: Fakes;
  /** How long a hop takes in virtual time; nothing by default. */
  delayMs?: (hop: Hop) => number;
  startMs?: number;
}

const parentRequestsCancel = 3;
const activationsMax = 20_000;

/** Temporal without a server: real workflow code, virtual time, activities answered by fakes. */
export class VirtualTemporal {
  readonly clock: VirtualClock;
  readonly fakes: Fakes;
  /** Every run so far, in the order of their starts. */
  readonly runs: Execution[] = [];
  private activations = 0;
  private trouble: Error | undefined;
  private starting = 0;
  private awayUntilMs = 0;

  constructor(private readonly options: VirtualTemporalOptions) {
    this.clock = new VirtualClock(options.startMs ?? Date.UTC(2026, 4, 12, 9));
    this.fakes = options.fakes;
  }

  /** Starts a workflow from outside. */
  async start(type: string, workflowId: string, ...args: unknown[]): Promise<Execution> {
    return this.begin(type, workflowId, encode(...args));
  }

  /** The open run of an id. */
  open(workflowId: string | null): Execution | undefined {
    return this.runs.findLast((run) => run.workflowId === workflowId && run.isOpen);
  }

  /** The latest run of an id, open or not; throws when there is none. */
  run(workflowId: string): Execution {
    const found = this.runs.findLast((run) => run.workflowId === workflowId);
    if (!found) throw new Error(`no workflow ever had the id ${workflowId}`);
    return found;
  }

  /** Sends a signal from outside; throws when nobody of that id is open. */
  signal<Args extends unknown[]>(workflowId: string, signal: SignalDefinition<Args>, ...args: Args): void {
    const refused = this.tell(workflowId, { signalWorkflow: { signalName: signal.name, input: encode(...args) } });
    if (refused) throw decodeFailure(refused.failure);
  }

  /** Sends an update from outside; it is answered while the time runs. */
  update<Answer, Args extends unknown[]>(
    workflowId: string,
    update: UpdateDefinition<Answer, Args>,
    ...args: Args
  ): Promise<Answer> {
    const answer = this.run(workflowId).update(update.name, { input: encode(...args) });
    return answer as Promise<Answer>;
  }

  /** Asks a run, open or closed by itself, what it knows. */
  async query<Answer>(workflowId: string, query: QueryDefinition<Answer>): Promise<Answer> {
    const answer = await this.run(workflowId).query(query.name, {}, this.clock.nowMs);
    return answer as Answer;
  }

  cancel(workflowId: string): void {
    this.tell(workflowId, { cancelWorkflow: {} });
  }

  /** Ends a run without a word to its code; a reset keeps the children, a termination follows their close policy. */
  async terminate(workflowId: string, keepsChildren = false): Promise<void> {
    const run = this.open(workflowId);
    if (run) await this.end(run, { status: 'terminated' }, keepsChildren);
  }

  /** Kills every worker; others come that much later. Temporal itself and its timers go on. */
  killWorkers(forMs: number): void {
    this.awayUntilMs = Math.max(this.awayUntilMs, this.clock.nowMs + forMs);
    for (const run of this.runs) for (const activity of run.activities.values()) activity.kill();
    this.clock.after(forMs, () => undefined);
  }

  /** Lets the tasks of one run wait, while everything else goes on. */
  pause(workflowId: string, forMs: number): void {
    this.run(workflowId).pausedUntilMs = this.clock.nowMs + forMs;
    this.clock.after(forMs, () => undefined);
  }

  /** For how long from now there is no worker. */
  get awayMs(): number {
    return Math.max(0, this.awayUntilMs - this.clock.nowMs);
  }

  /** Lets time run until the condition holds; false when it does not within the given virtual time. */
  async runUntil(isMet: () => boolean, withinMs = 24 * 3_600_000): Promise<boolean> {
    const untilMs = this.clock.nowMs + withinMs;
    for (;;) {
      await this.settle();
      if (isMet()) return true;
      const { nextAtMs } = this.clock;
      if (nextAtMs === undefined || nextAtMs > untilMs) break;
      this.clock.step();
    }
    this.clock.nowMs = Math.max(this.clock.nowMs, untilMs);
    return false;
  }

  /** Lets so much time pass. */
  async advance(ms: number): Promise<void> {
    await this.runUntil(() => false, ms);
  }

  /** Lets time run until the latest run of an id has ended and returns how. */
  async outcomeOf(workflowId: string, withinMs?: number): Promise<Outcome> {
    await this.runUntil(() => !this.run(workflowId).isOpen, withinMs);
    const { outcome } = this.run(workflowId);
    if (!outcome) throw new Error(`${workflowId} is still open at ${new Date(this.clock.nowMs).toISOString()}`);
    return outcome;
  }

  /** Drops whatever is still open. */
  async close(): Promise<void> {
    for (const run of this.runs) if (run.isOpen) await run.close({ status: 'terminated' });
  }

  /** For the harness: does something after the delay of a hop. */
  later(hop: Hop, act: () => void | Promise<void>): void {
    this.clock.after(this.options.delayMs?.(hop) ?? 0, () => {
      this.starting += 1;
      Promise.resolve(act())
        .catch((error: unknown) => this.fail(error))
        .finally(() => (this.starting -= 1));
    });
  }

  /** For the harness: hands a job to whoever is open under an id, or says that nobody is. */
  tell(workflowId: string, job: Job) {
    const run = this.open(workflowId);
    run?.push(job);
    return run ? undefined : nobodyThere(workflowId);
  }

  /** For the harness: begins a run. */
  async begin(type: string, workflowId: string, input: Payload[], parent?: Parent): Promise<Execution> {
    const runId = `run-${this.runs.length + 1}`;
    const above = parent?.execution;
    const start = { type, workflowId, runId, nowMs: this.clock.nowMs };
    const named = above ? { parent: { workflowId: above.workflowId, runId: above.runId } } : {};
    const isolated = await this.options.isolate.start({ ...start, ...named });
    const run = new Execution(type, workflowId, runId, this.clock.nowMs, isolated, decodeAll(input), parent);
    this.runs.push(run);
    run.push({ initializeWorkflow: { workflowType: type, workflowId, arguments: input } });
    return run;
  }

  /** For the harness: ends a run, tells its parent and does with its children what was asked for. */
  async end(run: Execution, outcome: Outcome, keepsChildren = false): Promise<void> {
    await run.close(outcome);
    const { parent } = run;
    if (parent)
      parent.execution.push({ resolveChildWorkflowExecution: { seq: parent.seq, result: told(run, outcome) } });
    if (keepsChildren) return;
    for (const child of run.children.values())
      if (child.isOpen && child.parent?.closePolicy === parentRequestsCancel)
        this.later('signal', () => child.push({ cancelWorkflow: {} }));
  }

  /** Does everything that can be done at the present instant. */
  private async settle(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      if (this.trouble) throw this.trouble;
      const busy = this.awayMs > 0 ? [] : this.runs.filter((run) => run.hasWork(this.clock.nowMs));
      if (busy.length === 0 && this.starting === 0) return;
      for (const run of busy) await this.activate(run);
    }
  }

  private async activate(run: Execution): Promise<void> {
    this.activations += 1;
    if (this.activations > activationsMax) throw new Error(`${run.workflowId} is still busy; does it spin?`);
    if (run.hasWork(this.clock.nowMs)) await carryOut(this, run, await run.activate(this.clock));
  }

  private fail(error: unknown): void {
    this.trouble ??= error instanceof Error ? error : new Error(String(error));
  }
}

function told(run: Execution, outcome: Outcome) {
  if (outcome.status === 'completed') return { completed: { result: encode(outcome.result)[0] ?? null } };
  const cancelled = encodeFailure(new CancelledFailure('workflow cancelled'));
  if (outcome.status === 'cancelled') return { cancelled: { failure: childFailure(run, cancelled) } };
  const cause = outcome.status === 'failed' ? outcome.error : new TerminatedFailure('workflow terminated');
  return { failed: { failure: childFailure(run, encodeFailure(cause)) } };
}

function childFailure({ workflowId, runId, type }: Execution, cause: ReturnType<typeof encodeFailure>) {
  const info = { workflowType: { name: type }, workflowExecution: { workflowId, runId }, retryState: 0 };
  return { message: 'child workflow failed', cause, childWorkflowExecutionFailureInfo: info };
}
