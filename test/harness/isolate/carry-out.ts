import { tsToMs } from '@temporalio/common/lib/time';
import { ActivityRun } from './activity-run';
import type { Execution, Outcome } from './execution';
import type { Command } from './isolate';
import { decode, decodeFailure, encodeFailure } from './payloads';
import type { VirtualTemporal } from './virtual-temporal';

const workflowAlreadyExists = 1;

/** Does what a server does with the commands of one workflow task. */
export async function carryOut(temporal: VirtualTemporal, from: Execution, commands: Command[]): Promise<void> {
  for (const command of commands) {
    timers(temporal, from, command);
    activities(temporal, from, command);
    messages(temporal, from, command);
    await children(temporal, from, command);
  }
  // Only now, since a task may cancel in its end what it scheduled in its beginning.
  for (const { scheduleActivity, scheduleLocalActivity } of commands) {
    const begin = (seq: number | null | undefined) => from.activities.get(seq ?? 0)?.begin();
    if (scheduleActivity) temporal.later('task', () => begin(scheduleActivity.seq));
    if (scheduleLocalActivity) begin(scheduleLocalActivity.seq);
  }
  for (const command of commands) await ends(temporal, from, command);
}

function timers({ clock }: VirtualTemporal, from: Execution, { startTimer, cancelTimer }: Command): void {
  if (cancelTimer) from.timers.get(cancelTimer.seq ?? 0)?.();
  if (!startTimer) return;
  const seq = startTimer.seq ?? 0;
  const fire = (): void => from.push({ fireTimer: { seq } });
  from.timers.set(seq, clock.after(tsToMs(startTimer.startToFireTimeout), fire));
}

function activities(temporal: VirtualTemporal, from: Execution, command: Command): void {
  const { scheduleActivity, scheduleLocalActivity, requestCancelActivity } = command;
  if (requestCancelActivity) from.activities.get(requestCancelActivity.seq ?? 0)?.requestCancel();
  const scheduled = scheduleActivity ?? scheduleLocalActivity;
  if (!scheduled) return;
  const seq = scheduled.seq ?? 0;
  const isLocal = !scheduleActivity;
  const run = new ActivityRun(
    scheduled,
    from.workflowId,
    temporal.clock,
    temporal.fakes,
    () => temporal.awayMs,
    (result) => {
      from.activities.delete(seq);
      from.push({ resolveActivity: { seq, result, isLocal } });
    },
  );
  from.activities.set(seq, run);
}

function messages(temporal: VirtualTemporal, from: Execution, command: Command): void {
  const { signalExternalWorkflowExecution: signal, requestCancelExternalWorkflowExecution: cancel } = command;
  if (signal) {
    const id = signal.childWorkflowId ?? signal.workflowExecution?.workflowId ?? '';
    const job = { signalWorkflow: { signalName: signal.signalName ?? '', input: signal.args ?? [] } };
    temporal.later('signal', () => {
      const failure = temporal.tell(id, job);
      from.push({ resolveSignalExternalWorkflow: { seq: signal.seq ?? 0, ...failure } });
    });
  }
  if (cancel)
    temporal.later('signal', () => {
      const failure = temporal.tell(cancel.workflowExecution?.workflowId ?? '', { cancelWorkflow: {} });
      from.push({ resolveRequestCancelExternalWorkflow: { seq: cancel.seq ?? 0, ...failure } });
    });
}

async function children(temporal: VirtualTemporal, from: Execution, command: Command): Promise<void> {
  const { startChildWorkflowExecution: start, cancelChildWorkflowExecution: cancel } = command;
  if (cancel) from.children.get(cancel.childWorkflowSeq ?? 0)?.push({ cancelWorkflow: {} });
  if (!start) return;
  const { seq = 0, workflowId = '', workflowType = '', input } = start;
  temporal.later('task', async () => {
    if (temporal.open(workflowId)) {
      const failed = { workflowId, workflowType, cause: workflowAlreadyExists };
      from.push({ resolveChildWorkflowExecutionStart: { seq, failed } });
      return;
    }
    if (!from.isOpen) return;
    const parent = { execution: from, seq: seq ?? 0, closePolicy: start.parentClosePolicy ?? 0 };
    const child = await temporal.begin(workflowType ?? '', workflowId ?? '', input ?? [], parent);
    from.children.set(seq ?? 0, child);
    if (from.outcome) child.push({ cancelWorkflow: {} });
    from.push({ resolveChildWorkflowExecutionStart: { seq, succeeded: { runId: child.runId } } });
  });
}

async function ends(temporal: VirtualTemporal, from: Execution, command: Command): Promise<void> {
  const outcome = outcomeOf(command);
  if (!outcome) return;
  await temporal.end(from, outcome);
  const again = command.continueAsNewWorkflowExecution;
  if (again) await temporal.begin(again.workflowType ?? from.type, from.workflowId, again.arguments ?? []);
}

function outcomeOf(command: Command): Outcome | undefined {
  const { completeWorkflowExecution: complete, failWorkflowExecution: fail } = command;
  if (complete) return { status: 'completed', result: decode(complete.result) };
  if (fail) return { status: 'failed', error: decodeFailure(fail.failure) };
  if (command.cancelWorkflowExecution) return { status: 'cancelled' };
  return command.continueAsNewWorkflowExecution ? { status: 'continued' } : undefined;
}

/** What a sender hears when nobody of that id is open. */
export function nobodyThere(workflowId: string) {
  return { failure: encodeFailure(new Error(`no open workflow has the id ${workflowId}`)) };
}
