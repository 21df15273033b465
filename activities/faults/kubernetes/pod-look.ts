import type { V1Deployment, V1Pod } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { Target } from '../../../src/domain/survey';
import type { WorkloadCall } from './tagged-deployment';
import { injectionLabel } from './tag';
import { podFactsOf, workloadOf } from './workload';
import { isFailure } from './kubernetes-failure';

const atOnce = 8;

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

/** The very pods of an injection: one list of those that carry its tag, and a look at each of the others. */
export function lookAtPods(call: WorkloadCall): Promise<PodLook[]> {
  return withEachPod(call, (look) => Promise.resolve(look));
}

/**
 * Does something with each pod, a few at a time, so that a slow API server is not swamped. Those that carry the tag come first:
 * what is done with them stays done even when there is no time left for the others.
 */
export async function withEachPod<Result>(
  call: WorkloadCall,
  act: (look: PodLook) => Promise<Result>,
): Promise<Result[]> {
  const { targets } = call.injection;
  const tagged = await taggedPods(call);
  const isTagged = ({ identity }: Target) => tagged.has(identity);
  const rest = [...targets.filter(isTagged), ...targets.filter((target) => !isTagged(target))];
  const results: Result[] = [];
  while (rest.length > 0)
    results.push(
      ...(await Promise.all(
        rest.splice(0, atOnce).map(async (target) => {
          const pod = tagged.get(target.identity);
          return act(pod === undefined ? await lookAtPod(call, target) : { target, pod });
        }),
      )),
    );
  return results;
}

async function taggedPods({ injection, client }: WorkloadCall): Promise<Map<string, V1Pod>> {
  const selector = `${injectionLabel}=${injection.injectionId}`;
  const pods = await client.listPods(selector, workloadOf(injection).namespace);
  return new Map(pods.map((pod) => [pod.metadata?.uid ?? '', pod]));
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

/** Undefined when the pod went in the meantime. */
export async function unlessGone<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  return asked.catch((error: unknown) => {
    if (isFailure(error, 'missing')) return undefined;
    throw error;
  });
}
