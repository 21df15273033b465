import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { eventually } from '../contract/eventually';

const { VersioningBehavior } = temporal.api.enums.v1;

/** Makes a build the one that new workflows begin on, as an operator does; waits until its workers are known. */
export async function makeCurrent(client: Client, buildId: string): Promise<void> {
  const { namespace } = client.options;
  const request = { namespace, deploymentName: 'gameday', buildId, identity: 'a test', allowNoPollers: false };
  let refusal: unknown;
  await eventually(`build ${buildId} current`, 30_000, async () => {
    try {
      await client.workflowService.setWorkerDeploymentCurrentVersion(request);
      return true;
    } catch (error) {
      refusal = error;
      return false;
    }
  }).catch((error: unknown) => Promise.reject(new Error(`${String(error)}: ${String(refusal)}`)));
}

/** The build that completed the latest task of a workflow, and how the workflow follows versions. */
export interface Versioning {
  buildId: string;
  behavior: 'pinned' | 'auto-upgrade' | 'none';
}

/** What Temporal says of the latest run of a workflow. */
export async function versioningOf(client: Client, workflowId: string): Promise<Versioning> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  const info = raw.workflowExecutionInfo?.versioningInfo;
  return { buildId: info?.deploymentVersion?.buildId ?? '', behavior: behaviorOf(info?.behavior) };
}

function behaviorOf(behavior: temporal.api.enums.v1.VersioningBehavior | null | undefined): Versioning['behavior'] {
  if (behavior === VersioningBehavior.VERSIONING_BEHAVIOR_PINNED) return 'pinned';
  return behavior === VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE ? 'auto-upgrade' : 'none';
}
