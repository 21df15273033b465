import type { Client } from '@temporalio/client';
import type { OpenInjection } from '../domain/progress';
import { workflowId } from '../domain/workflow-id';
import { GamedayError } from './gameday';
import { call } from './temporal-call';

const prefix = workflowId.injection('');

interface Listed {
  workflowId: string;
  memo?: Record<string, unknown>;
  startTime: Date;
}

/** Who holds a lock, from the server's own state; undefined when its workflow is closed or absent. */
export async function openInjection(client: Client, lockKey: string): Promise<OpenInjection | undefined> {
  try {
    const handle = client.workflow.getHandle(workflowId.injection(lockKey));
    const description = await call(client, `looking at ${lockKey}`, () => handle.describe());
    return description.status.name === 'RUNNING' ? fromMemo(description) : undefined;
  } catch (error) {
    if (error instanceof GamedayError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** Every open injection, from Temporal's list: complete within moments. */
export async function listOpenInjections(client: Client): Promise<OpenInjection[]> {
  return call(client, 'listing the open injections', async () => {
    const found: OpenInjection[] = [];
    const query = `WorkflowType = 'injection' AND ExecutionStatus = 'Running'`;
    for await (const listed of client.workflow.list({ query }))
      // In a namespace of others a workflow of theirs may have the same type.
      if (listed.workflowId.startsWith(prefix)) found.push(fromMemo(listed));
    return found;
  });
}

function fromMemo({ workflowId: id, memo, startTime }: Listed): OpenInjection {
  const text = (name: string): string => {
    const value = memo?.[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    injectionId: text('injectionId'),
    experimentId: text('experimentId'),
    environment: text('environment'),
    fault: text('fault'),
    lockKey: id.slice(prefix.length),
    startedAt: startTime.toISOString(),
  };
}
