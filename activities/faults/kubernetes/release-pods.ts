import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { RollbackResult } from '../../../src/domain/injection';
import { laterWhenRefused } from './kubernetes-failure';
import { evidenceOf, isTaken, lookAtPods, podPlaceOf, unlessGone, type PodLook } from './pod-look';
import { hasBegun, ownerOf, removeTag, testTag } from './tag';
import { findWorkload, placeOf, type WorkloadCall } from './tagged-deployment';
import { workloadOf } from './workload';

/** Takes every tag off: from the pods, which makes a late deletion impossible, and then from the workload. */
export async function rollBackPods(call: WorkloadCall): Promise<RollbackResult> {
  const looks = await lookAtPods(call);
  const foreign = looks.filter(({ pod }) => ownerOf(pod?.metadata, call.injection) === 'others');
  for (const look of looks) await untagPod(call, look);
  const workload = await findWorkload(call);
  const evidence = evidenceOf(workload, looks);
  if (workload === undefined)
    return { end: 'gone', foundActive: false, evidence: 'the deployment does not exist any more' };
  const owner = ownerOf(workload.metadata, call.injection);
  const foundActive = owner === 'us' && hasBegun(workload.metadata) && looks.some(isTaken);
  if (owner === 'us') await untagWorkload(call, workload);
  if (owner === 'others' || foreign.length > 0)
    return { end: 'drifted', foundActive, evidence: `${evidence}; a tag that is not ours was left` };
  return { end: 'absent', foundActive, evidence: `${evidence}; no tag of ours is left` };
}

async function untagPod({ injection, client }: WorkloadCall, { target, pod }: PodLook): Promise<void> {
  if (pod === undefined || ownerOf(pod.metadata, injection) !== 'us') return;
  const patch = [...testTag(injection, target.identity), ...removeTag(pod.metadata)];
  await laterWhenRefused(
    injection.injectionId,
    unlessGone(client.patchPod(podPlaceOf(target), patch).then(() => undefined)),
  );
}

async function untagWorkload({ injection, client }: WorkloadCall, { metadata }: V1Deployment): Promise<void> {
  const workload = workloadOf(injection);
  const patch = [...testTag(injection, workload.workloadUid), ...removeTag(metadata)];
  await laterWhenRefused(injection.injectionId, client.patchDeployment(placeOf(workload), patch));
}
