import type { Command, IsolatedRun, Job } from './isolate';
import type { ActivityRun } from './activity-run';
import { HistoryCount } from './history-count';
import { decode, decodeFailure } from './payloads';
import type { VirtualClock } from './virtual-clock';

/** How a run ended. */
export type Outcome =
  | { status: 'completed'; result: unknown }
  | { status: 'failed'; error: Error }
  | { status: 'cancelled' | 'terminated' | 'continued' };

/** Who started a run as a child, and how its end is told there. */
export interface Parent {
  execution: Execution;
  seq: number;
  closePolicy: number;
}

/** One run of one workflow: the jobs that wait for it, what it has under way, and what its history would hold. */
export class Execution {
  readonly history = new HistoryCount();
  readonly activities = new Map<number, ActivityRun>();
  readonly timers = new Map<number, () => void>();
  readonly children = new Map<number, Execution>();
  readonly logs: string[] = [];
  /** What it has shown in Temporal's lists since it started, one entry per event. */
  readonly shown: Record<string, unknown>[] = [];
  /** The commands of each of its tasks, by kind, signals by name: a server takes those of one task all or not at all. */
  readonly tasks: string[][] = [];
  outcome: Outcome | undefined;
  isContinueAsNewSuggested = false;
  /** Its tasks wait until then, as when its worker is slow. */
  pausedUntilMs = 0;
  private jobs: Job[] = [];
  private readonly updates = new Map<string, { resolve(value: unknown): void; reject(error: Error): void }>();

  constructor(
    readonly type: string,
    readonly workflowId: string,
    readonly runId: string,
    readonly startedAtMs: number,
    private readonly run: IsolatedRun,
    /** What it was started with. */
    readonly args: unknown[],
    readonly parent?: Parent,
  ) {}

  get isOpen(): boolean {
    return this.outcome === undefined;
  }

  hasWork(nowMs: number): boolean {
    return this.isOpen && this.jobs.length > 0 && nowMs >= this.pausedUntilMs;
  }

  /** Adds a job for the next activation; one for a closed run is lost, as it is on a server. */
  push(job: Job): void {
    if (this.isOpen) this.jobs.push(job);
  }

  /** Asks for an update and resolves with its answer. */
  update(name: string, input: Job['doUpdate']): Promise<unknown> {
    const id = `${this.runId}/update-${this.updates.size + 1}`;
    this.push({ doUpdate: { ...input, id, protocolInstanceId: id, name, runValidator: true, meta: { updateId: id } } });
    return new Promise((resolve, reject) => this.updates.set(id, { resolve, reject }));
  }

  /** Runs one activation with everything that waits and returns the commands that are left to carry out. */
  async activate(clock: VirtualClock): Promise<Command[]> {
    const jobs = inServerOrder(this.jobs);
    this.jobs = [];
    const facts = { nowMs: clock.nowMs, historyLength: this.history.total + 3 };
    const { isContinueAsNewSuggested } = this;
    const commands = withoutShortTimers(await this.run.activate(jobs, { ...facts, isContinueAsNewSuggested }));
    this.history.add(jobs, commands);
    this.logs.push(...(await this.run.takeLogs()));
    this.shown.push(...commands.flatMap(shownBy));
    this.tasks.push(commands.flatMap(kindOf));
    for (const { updateResponse } of commands) if (updateResponse) this.answer(updateResponse);
    return commands;
  }

  /** Asks a question that leaves no trace. */
  async query(queryType: string, queryInput: Job['queryWorkflow'], nowMs: number): Promise<unknown> {
    const facts = { nowMs, historyLength: this.history.total, isContinueAsNewSuggested: false };
    const job = { queryWorkflow: { ...queryInput, queryId: 'query', queryType } };
    const [command] = await this.run.activate([job], facts);
    const answer = command?.respondToQuery;
    if (answer?.failed) throw decodeFailure(answer.failed);
    return decode(answer?.succeeded?.response);
  }

  /** Ends the run; whatever it had under way is abandoned. */
  async close(outcome: Outcome): Promise<void> {
    this.outcome = outcome;
    for (const stop of this.timers.values()) stop();
    for (const activity of this.activities.values()) activity.abandon();
    for (const { reject } of this.updates.values()) reject(new Error(`${this.workflowId} has ended`));
    await this.run.dispose();
  }

  private answer({ protocolInstanceId, completed, rejected }: NonNullable<Command['updateResponse']>): void {
    const waiting = this.updates.get(protocolInstanceId ?? '');
    if (completed) waiting?.resolve(decode(completed));
    if (rejected) waiting?.reject(decodeFailure(rejected));
  }
}

function kindOf(command: Command): string[] {
  if (command.signalExternalWorkflowExecution) return [`signal ${command.signalExternalWorkflowExecution.signalName}`];
  return Object.entries(command).flatMap(([kind, content]) => (typeof content === 'object' && content ? [kind] : []));
}

function shownBy({ upsertWorkflowSearchAttributes: upsert }: Command): Record<string, unknown>[] {
  if (!upsert) return [];
  const fields = Object.entries(upsert.searchAttributes?.indexedFields ?? {});
  return [Object.fromEntries(fields.map(([name, payload]) => [name, decode(payload)]))];
}

/** The first task of a run starts it; messages come before answers. */
function inServerOrder(jobs: Job[]): Job[] {
  const rank = (job: Job): number => (job.initializeWorkflow ? 0 : (job.signalWorkflow ?? job.doUpdate) ? 1 : 2);
  return [...jobs].sort((left, right) => rank(left) - rank(right));
}

/** A timer that is started and cancelled in one task never reaches a server. */
function withoutShortTimers(commands: Command[]): Command[] {
  const started = new Set(commands.flatMap(({ startTimer }) => startTimer?.seq ?? []));
  const short = commands.flatMap(({ cancelTimer }) => {
    const seq = cancelTimer?.seq;
    return typeof seq === 'number' && started.has(seq) ? [seq] : [];
  });
  return commands.filter(({ startTimer, cancelTimer }) => !short.includes((startTimer ?? cancelTimer)?.seq ?? -1));
}
