import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { Injection } from '../../../src/domain/injection';
import { Refused } from '../refused';
import type { KubernetesClient, PatchOperation, Place } from './kubernetes-client';
import { laterWhenRefused } from './kubernetes-failure';
import { ownerOf, removeTag, tagPatch, taggedWith, testTag } from './tag';
import { workloadOf, type Workload } from './workload';

/** One injection at one cluster. */
export interface WorkloadCall {
  injection: Injection;
  client: KubernetesClient;
  now(): number;
}

/** Where the workload of an injection is. */
export function placeOf({ namespace, workload }: Workload): Place {
  return { namespace, name: workload };
}

/**
 * The very Deployment that an injection is about; undefined when it does not exist any more. Throws when that cannot be known
 * because the connection leads to another cluster by now.
 */
export async function findWorkload({ injection, client }: WorkloadCall): Promise<V1Deployment | undefined> {
  const workload = workloadOf(injection);
  const found = await client.findDeployment(placeOf(workload));
  if (found?.metadata?.uid === workload.workloadUid) return found;
  if ((await client.clusterUid()) === workload.cluster) return undefined;
  throw new Error(
    `cannot look after ${injection.injectionId}: the connection leads to another cluster than ${workload.cluster}; correct connections.kubernetes`,
  );
}

/** The Deployment with this injection's tag; Refused when it is not there or not tagged so (any more). */
export async function findArmed(call: WorkloadCall): Promise<V1Deployment> {
  const { injectionId } = call.injection;
  const found = await findWorkload(call);
  if (found !== undefined && ownerOf(found.metadata, call.injection) === 'us') return found;
  throw new Refused(`cannot inject ${injectionId}: its workload is not armed (any more); start another experiment`);
}

/** Tags the Deployment unless it is tagged so already; Refused when it is another's or has gone. */
export async function armWorkload(call: WorkloadCall, assertUnchanged: (found: V1Deployment) => void): Promise<void> {
  const { injection, client } = call;
  const found = await findWorkload(call);
  if (found === undefined) throw new Refused(`cannot arm ${injection.injectionId}: its workload is gone`);
  const owner = ownerOf(found.metadata, injection);
  if (owner === 'us') return;
  if (owner === 'others')
    throw new Refused(
      `cannot arm ${injection.injectionId}: its workload carries ${String(taggedWith(found.metadata))}`,
    );
  assertUnchanged(found);
  await client.patchDeployment(
    placeOf(workloadOf(injection)),
    tagPatch(injection, found.metadata?.resourceVersion ?? ''),
  );
}

/** Takes the tag off the Deployment, and changes it, in one write that succeeds only while the tag is ours. */
export async function untagWorkload(
  { injection, client }: WorkloadCall,
  change: readonly PatchOperation[] = [],
): Promise<void> {
  const workload = workloadOf(injection);
  const patch = [...testTag(injection, workload.workloadUid), ...change, ...removeTag()];
  await laterWhenRefused(injection.injectionId, client.patchDeployment(placeOf(workload), patch));
}
