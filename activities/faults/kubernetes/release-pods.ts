import type { RollbackResult } from '../../../src/domain/injection';
import { laterWhenRefused } from './kubernetes-failure';
import { evidenceOf, isTaken, podPlaceOf, unlessGone, withEachPod, type PodLook } from './pod-look';
import { hasBegun, ownerOf, removeTag, testTag } from './tag';
import { findWorkload, untagWorkload, type WorkloadCall } from './tagged-deployment';

/** Takes every tag off: from the pods, which makes a late deletion impossible, and then from the workload. */
export async function rollBackPods(call: WorkloadCall): Promise<RollbackResult> {
  const looks = await withEachPod(call, (look) => untagPod(call, look));
  const foreign = looks.filter(({ pod }) => ownerOf(pod?.metadata, call.injection) === 'others');
  const workload = await findWorkload(call);
  const evidence = evidenceOf(workload, looks);
  if (workload === undefined)
    return { end: 'gone', foundActive: false, evidence: 'the deployment does not exist any more' };
  const owner = ownerOf(workload.metadata, call.injection);
  const foundActive = owner === 'us' && hasBegun(workload.metadata, call.injection) && looks.some(isTaken);
  if (owner === 'us') await untagWorkload(call);
  if (owner === 'others' || foreign.length > 0)
    return { end: 'drifted', foundActive, evidence: `${evidence}; a tag that is not ours was left` };
  return { end: 'absent', foundActive, evidence: `${evidence}; no tag of ours is left` };
}

/** The pod as it is afterwards: a deletion of ours may have come after the look. */
async function untagPod({ injection, client }: WorkloadCall, look: PodLook): Promise<PodLook> {
  const { target, pod } = look;
  if (pod === undefined || ownerOf(pod.metadata, injection) !== 'us') return look;
  const patch = [...testTag(injection, target.identity), ...removeTag()];
  const untagged = unlessGone(client.patchPod(podPlaceOf(target), patch));
  return { target, pod: await laterWhenRefused(injection.injectionId, untagged) };
}
