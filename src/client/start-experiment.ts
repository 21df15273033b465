import type { Client } from '@temporalio/client';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { searchAttributes } from '../../workflows/search-attributes';
import type { ExperimentInput } from '../domain/progress';
import { taskQueue, workflowId } from '../domain/workflow-id';
import { grpcCode } from './grpc-code';
import { call } from './temporal-call';

/**
 * Starts an experiment that knows for its whole life whether it is shown in Temporal's lists. Search attributes that
 * were removed from the namespace since this process started are no reason to refuse one.
 */
export async function startExperiment(
  client: Client,
  input: ExperimentInput,
  hasSearchAttributes: boolean,
): Promise<void> {
  if (!hasSearchAttributes) return startOnce(client, { ...input, hasSearchAttributes: false });
  try {
    await startOnce(client, input);
  } catch (error) {
    if (grpcCode(error) !== 'INVALID_ARGUMENT') throw error;
    await startOnce(client, { ...input, hasSearchAttributes: false });
  }
}

async function startOnce(client: Client, input: ExperimentInput): Promise<void> {
  const { experimentId, plan, startedBy } = input;
  const { id, environment } = { id: workflowId.experiment(experimentId), environment: plan.environment.name };
  await call(client, `starting ${experimentId}`, () =>
    client.workflow.start('experiment', {
      workflowId: id,
      taskQueue: taskQueue.control,
      args: [input],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      staticSummary: `${plan.name} in ${environment}, started by ${startedBy.name}`.slice(0, 380),
      staticDetails: plan.hypothesis,
      memo: { scenario: plan.name, environment, startedBy: startedBy.name },
      ...(input.hasSearchAttributes === false
        ? {}
        : { typedSearchAttributes: attributesOf(experimentId, environment) }),
    }),
  );
}

function attributesOf(experimentId: string, environment: string) {
  return [
    { key: searchAttributes.experiment, value: experimentId },
    { key: searchAttributes.environment, value: environment },
  ];
}
