import type { Client } from '@temporalio/client';
import { workflowId } from '../domain/workflow-id';
import { call } from './temporal-call';

/** The names of all environments in which anything ever ran, from Temporal's list: complete within moments. */
export async function listEnvironmentNames(client: Client): Promise<string[]> {
  return call(client, 'listing the environments', async () => {
    const names: string[] = [];
    // In a namespace of others a workflow of theirs may have the same type.
    const prefix = workflowId.environment('');
    const query = `WorkflowType = 'environment' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId: id } of client.workflow.list({ query }))
      if (id.startsWith(prefix)) names.push(id.slice(prefix.length));
    return names;
  });
}
