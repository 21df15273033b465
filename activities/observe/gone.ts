import { activityInfo } from '@temporalio/activity';
import type { Tools } from '../tools';
import { within } from '../within';

/** Whether the run that asked for this activity has ended; unknown counts as gone, since a fault may be in effect. */
export async function isExperimentGone(tools: Tools): Promise<boolean> {
  const { workflowExecution } = activityInfo();
  if (!workflowExecution) return true;
  const { workflowId, runId } = workflowExecution;
  return within(2_000, () => tools.orchestrator.isOpen(workflowId, runId)).then(
    (isOpen) => !isOpen,
    () => true,
  );
}
