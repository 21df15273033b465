import { workflowInfo } from '@temporalio/workflow';

/** Whether the worker of the present task runs under worker versioning; on replay, whether that task's worker did. */
export function isVersioned(): boolean {
  // Without versioning the SDK still names a build, made from the code, but no deployment.
  return (workflowInfo().currentDeploymentVersion?.deploymentName ?? '') !== '';
}
