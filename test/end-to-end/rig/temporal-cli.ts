import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { eventually } from '../../contract/eventually';
import type { Rig } from './rig';

/** Runs Temporal's own command line against the rig's server, as an operator would. */
export async function temporalCli(rig: Rig, ...args: string[]): Promise<string> {
  const { binary, address } = rig.temporal;
  const { stdout } = await promisify(execFile)(binary, [...args, '--address', address], { timeout: 30_000 });
  return stdout;
}

/** Whether a workflow is open, as Temporal's own command line says it. */
export async function isRunning(rig: Rig, workflowId: string): Promise<boolean> {
  const described = await temporalCli(rig, 'workflow', 'describe', '--workflow-id', workflowId, '-o', 'json');
  return JSON.parse(described).workflowExecutionInfo.status === 'WORKFLOW_EXECUTION_STATUS_RUNNING';
}

/** Waits until a workflow is closed, so that its history is whole. */
export async function untilClosed(rig: Rig, workflowId: string, withinMs: number): Promise<void> {
  await eventually(`the end of ${workflowId}`, withinMs, async () => !(await isRunning(rig, workflowId)));
}
