import type { V1Deployment, V1Pod } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { Target } from '../../../src/domain/survey';
import type { WorkloadCall } from './tagged-deployment';
import { podFactsOf } from './workload';
import { isFailure } from './kubernetes-failure';

/** The pod of a target as it is now; undefined when no pod with its uid exists any more. */
export interface PodLook {
  target: Target;
  pod: V1Pod | undefined;
}

/** Where the pod of a target was found. */
export function podPlaceOf(target: Target) {
  const { namespace, pod } = podFactsOf(target);
  return { namespace, name: pod };
}

/** The very pod of a target; a namesake with another uid is somebody else. */
export async function lookAtPod({ client }: Pick<WorkloadCall, 'client'>, target: Target): Promise<PodLook> {
  const found = await client.findPod(podPlaceOf(target));
  return { target, pod: found?.metadata?.uid === target.identity ? found : undefined };
}

/** The very pods of an injection. */
export function lookAtPods(call: WorkloadCall): Promise<PodLook[]> {
  return Promise.all(call.injection.targets.map((target) => lookAtPod(call, target)));
}

/** Whether a pod is gone or on its way out. */
export function isTaken({ pod }: PodLook): boolean {
  return pod?.metadata?.deletionTimestamp !== undefined || pod === undefined;
}

/** What became of the pods, and how their workload is, in a sentence. */
export function evidenceOf(workload: V1Deployment | undefined, looks: PodLook[]): string {
  const sentences = looks.map(
    ({ target, pod }) => `${target.description} ${pod === undefined ? 'is gone' : stageOf(pod)}`,
  );
  const readyReplicas = workload?.status?.readyReplicas ?? 0;
  return `${sentences.join(', ')}; ${readyReplicas} of ${workload?.spec?.replicas ?? 0} replicas are ready`;
}

function stageOf({ metadata }: V1Pod): string {
  if (metadata?.deletionTimestamp === undefined) return 'is there';
  const { finalizers = [] } = metadata;
  return finalizers.length === 0 ? 'is terminating' : `is terminating, held by ${finalizers.join(', ')}`;
}

/** Holds to nothing when the pod went in the meantime. */
export async function unlessGone(taking: Promise<void>): Promise<void> {
  await taking.catch((error: unknown) => {
    if (!isFailure(error, 'missing')) throw error;
  });
}
