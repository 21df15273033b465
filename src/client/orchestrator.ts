import type { Client } from '@temporalio/client';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import type { Orchestrator } from '../../activities/tools';
import { injectionState, leave, admit, rollBack, watching } from '../../workflows/messages';
import type { Admission, AdmissionRequest } from '../domain/admission';
import { taskQueue, workflowId } from '../domain/workflow-id';
import { GamedayError } from './gameday';
import { openInjection } from './open-injections';
import { hasPoller } from './pollers';
import { call } from './temporal-call';

/** What activities ask of Temporal, over one client. */
export function temporalOrchestrator(client: Client): Orchestrator {
  const tell = (lockKey: string) => client.workflow.getHandle(workflowId.injection(lockKey));
  return {
    admit: (environment, request) => admitWithStart(client, environment, request),
    leave: (environment, kind, id) =>
      call(client, `leaving ${environment}`, () =>
        client.workflow.getHandle(workflowId.environment(environment)).signal(leave, { kind, id }),
      ),
    isOpen: (id, runId) => isOpen(client, id, runId),
    findHolder: async (lockKey) => {
      const found = await openInjection(client, lockKey);
      return found && { injectionId: found.injectionId, experimentId: found.experimentId };
    },
    injectionState: (lockKey) => call(client, `asking ${lockKey}`, () => tell(lockKey).query(injectionState)),
    tellWatching: (lockKey, injectionId) =>
      call(client, `telling ${lockKey}`, () => tell(lockKey).signal(watching, { injectionId })),
    tellRollBack: (lockKey, injectionId, cause) =>
      call(client, `telling ${lockKey}`, () => tell(lockKey).signal(rollBack, { injectionId, cause })),
    hasPoller: (queue) => hasPoller(client, queue),
  };
}

async function admitWithStart(client: Client, environment: string, request: AdmissionRequest): Promise<Admission> {
  const state = { name: environment, experiments: [], injections: [] };
  const startWorkflowOperation = new WithStartWorkflowOperation('environment', {
    workflowId: workflowId.environment(environment),
    taskQueue: taskQueue.control,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    args: [state],
    staticSummary: `Budget and halt of environment ${environment}`,
  });
  return client.workflow.executeUpdateWithStart(admit, { args: [request], startWorkflowOperation });
}

/** Whether this very run is still open; a workflow id without a run means its latest. */
export async function isOpen(client: Client, id: string, runId?: string): Promise<boolean> {
  try {
    const description = await call(client, `looking at ${id}`, () => client.workflow.getHandle(id, runId).describe());
    return description.status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof GamedayError && error.code === 'not-found') return false;
    throw error;
  }
}
