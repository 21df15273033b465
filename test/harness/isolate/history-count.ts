import type { Command, Job } from './isolate';

/** How many events of a kind each command and each answer leaves in a real history. */
const eventsOfCommand: Partial<Record<keyof Command, string[]>> = {
  startTimer: ['TimerStarted'],
  cancelTimer: ['TimerCanceled'],
  scheduleActivity: ['ActivityTaskScheduled'],
  scheduleLocalActivity: ['MarkerRecorded'],
  requestCancelActivity: ['ActivityTaskCancelRequested'],
  startChildWorkflowExecution: ['StartChildWorkflowExecutionInitiated'],
  cancelChildWorkflowExecution: [
    'RequestCancelExternalWorkflowExecutionInitiated',
    'ExternalWorkflowExecutionCancelRequested',
  ],
  requestCancelExternalWorkflowExecution: ['RequestCancelExternalWorkflowExecutionInitiated'],
  signalExternalWorkflowExecution: ['SignalExternalWorkflowExecutionInitiated'],
  upsertWorkflowSearchAttributes: ['UpsertWorkflowSearchAttributes'],
  modifyWorkflowProperties: ['WorkflowPropertiesModified'],
  setPatchMarker: ['MarkerRecorded', 'UpsertWorkflowSearchAttributes'],
  completeWorkflowExecution: ['WorkflowExecutionCompleted'],
  failWorkflowExecution: ['WorkflowExecutionFailed'],
  cancelWorkflowExecution: ['WorkflowExecutionCanceled'],
  continueAsNewWorkflowExecution: ['WorkflowExecutionContinuedAsNew'],
};

const eventsOfJob: Partial<Record<keyof Job, string[]>> = {
  initializeWorkflow: ['WorkflowExecutionStarted'],
  fireTimer: ['TimerFired'],
  cancelWorkflow: ['WorkflowExecutionCancelRequested'],
  signalWorkflow: ['WorkflowExecutionSignaled'],
  resolveActivity: ['ActivityTaskStarted', 'ActivityTaskClosed'],
  resolveChildWorkflowExecutionStart: ['ChildWorkflowExecutionStarted'],
  resolveChildWorkflowExecution: ['ChildWorkflowExecutionClosed'],
  resolveSignalExternalWorkflow: ['ExternalWorkflowExecutionSignaled'],
  resolveRequestCancelExternalWorkflow: ['ExternalWorkflowExecutionCancelRequested'],
};

const workflowTask = ['WorkflowTaskScheduled', 'WorkflowTaskStarted', 'WorkflowTaskCompleted'];

/** Counts the events that one run would have in a real server's history. */
export class HistoryCount {
  readonly byKind: Record<string, number> = {};

  get total(): number {
    return Object.values(this.byKind).reduce((sum, count) => sum + count, 0);
  }

  /** Adds one activation with the jobs that caused it and the commands it gave; an update refused leaves no trace. */
  add(jobs: Job[], commands: Command[]): void {
    const updates = commands.flatMap(({ updateResponse }) => updateResponse ?? []);
    if (jobs.every((job) => job.doUpdate) && updates.length > 0 && updates.every((one) => one.rejected)) return;
    // What a local activity answers comes within the task that asked; nothing of it is kept but its marker.
    const told = jobs.filter((job) => !job.resolveActivity?.isLocal);
    if (told.length > 0) this.note(workflowTask);
    for (const job of told) this.note(eventsFor(eventsOfJob, job));
    for (const command of commands) this.note(eventsFor(eventsOfCommand, command));
    for (const one of updates) if (one.accepted) this.note(['WorkflowExecutionUpdateAccepted']);
    for (const one of updates) if (one.completed ?? one.rejected) this.note(['WorkflowExecutionUpdateCompleted']);
  }

  private note(kinds: string[]): void {
    for (const kind of kinds) this.byKind[kind] = (this.byKind[kind] ?? 0) + 1;
  }
}

function eventsFor<Thing extends object>(table: Partial<Record<keyof Thing, string[]>>, thing: Thing): string[] {
  for (const key in table) if (thing[key] !== null && thing[key] !== undefined) return table[key] ?? [];
  return [];
}
