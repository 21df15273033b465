import type { V1Deployment, V1Pod } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { z } from 'zod';
import type { FaultStatus, RollbackResult } from '../../../src/domain/injection';
import type { Target } from '../../../src/domain/survey';
import { duration, durationMs } from '../duration';
import { isOverdue, refuseLate } from '../refuse-late';
import { Refused } from '../refused';
import { againOnConflict, finalWhenRefused, isFailure, KubernetesFailure } from './kubernetes-failure';
import { hasBegun, noteBegun, ownerOf, removeTag, tagPatch, taggedWith, testTag } from './tag';
import { armWorkload, findArmed, findWorkload, placeOf, type WorkloadCall } from './tagged-deployment';
import { podFactsOf, workloadOf } from './workload';

/** How pods are taken away: at once or with their usual grace, past a disruption budget or not. */
export const podParams = z.strictObject({
  gracePeriod: duration.exactOptional(),
  respectBudget: z.boolean().default(false),
});

/** The pod of a target as it is now: `gone` when no pod with its uid exists any more. */
interface PodLook {
  target: Target;
  pod: V1Pod | undefined;
}

function podPlaceOf(target: Target) {
  const { namespace, pod } = podFactsOf(target);
  return { namespace, name: pod };
}

/** The very pod of a target; a namesake with another uid is somebody else. */
export async function lookAtPod({ client }: Pick<WorkloadCall, 'client'>, target: Target): Promise<PodLook> {
  const found = await client.findPod(podPlaceOf(target));
  return { target, pod: found?.metadata?.uid === target.identity ? found : undefined };
}

function lookAtPods(call: WorkloadCall): Promise<PodLook[]> {
  return Promise.all(call.injection.targets.map((target) => lookAtPod(call, target)));
}

function isTaken({ pod }: PodLook): boolean {
  return pod?.metadata?.deletionTimestamp !== undefined || pod === undefined;
}

/** Tags the workload, so that it is locked and the injection stays known, and then each pod. */
export async function armPods(call: WorkloadCall): Promise<void> {
  const { injection, now } = call;
  await finalWhenRefused(
    againOnConflict(async () => {
      refuseLate(injection, now());
      await armWorkload(call, () => undefined);
    }),
  );
  for (const target of injection.targets) await finalWhenRefused(againOnConflict(() => armPod(call, target)));
}

async function armPod(call: WorkloadCall, target: Target): Promise<void> {
  const { injection, client, now } = call;
  const { pod } = await lookAtPod(call, target);
  const owner = ownerOf(pod?.metadata, injection);
  if (owner === 'us') return;
  const why = pod === undefined ? 'it is gone' : `it carries ${String(taggedWith(pod.metadata))}`;
  if (pod === undefined || owner === 'others')
    throw new Refused(`cannot arm ${target.description}: ${why}; start another experiment`);
  refuseLate(injection, now());
  await client.patchPod(podPlaceOf(target), tagPatch(injection, pod.metadata?.resourceVersion ?? ''));
}

/** Deletes each pod in the very version in which it is seen tagged: a rollback changes that version. */
export async function injectPods(call: WorkloadCall): Promise<void> {
  const { injection } = call;
  await begin(call, await findArmed(call));
  for (const target of injection.targets) await finalWhenRefused(againOnConflict(() => takePod(call, target)));
}

/** Notes the intent before the first harm, so that pods that vanish by themselves are never taken for ours. */
async function begin(call: WorkloadCall, workload: V1Deployment): Promise<void> {
  const { injection, client, now } = call;
  if (hasBegun(workload.metadata)) return;
  const looks = await lookAtPods(call);
  const vanished = looks.filter(isTaken).map(({ target }) => target.description);
  if (vanished.length > 0)
    throw new Refused(
      `cannot inject ${injection.injectionId}: ${vanished.join(', ')} vanished without us; start again`,
    );
  refuseLate(injection, now());
  const patch = [...testTag(injection, workloadOf(injection).workloadUid), noteBegun];
  await finalWhenRefused(client.patchDeployment(placeOf(workloadOf(injection)), patch));
}

async function takePod(call: WorkloadCall, target: Target): Promise<void> {
  const { injection, client, now } = call;
  const look = await lookAtPod(call, target);
  if (isTaken(look)) return;
  if (ownerOf(look.pod?.metadata, injection) !== 'us')
    throw new Refused(`cannot inject ${injection.injectionId}: ${target.description} is not armed (any more)`);
  refuseLate(injection, now());
  const { gracePeriod, respectBudget } = podParams.parse(injection.params);
  const deletion = {
    ...{ uid: target.identity, resourceVersion: look.pod?.metadata?.resourceVersion ?? '' },
    ...(gracePeriod !== undefined && { gracePeriodSeconds: Math.round(durationMs(gracePeriod) / 1_000) }),
  };
  if (!respectBudget) return unlessGone(client.deletePod(podPlaceOf(target), deletion));
  await unlessGone(client.evictPod(podPlaceOf(target), deletion));
}

async function unlessGone(taking: Promise<void>): Promise<void> {
  await taking.catch((error: unknown) => {
    if (!isFailure(error, 'missing')) throw error;
  });
}

/** What the cluster says: active once every pod is gone or on its way out, and we have begun it. */
export async function readPods(call: WorkloadCall): Promise<FaultStatus> {
  try {
    return stateOf(call, await findWorkload(call), await lookAtPods(call));
  } catch (error) {
    if (error instanceof KubernetesFailure) return { state: 'unknown', evidence: error.message };
    throw error;
  }
}

function stateOf({ injection, now }: WorkloadCall, workload: V1Deployment | undefined, looks: PodLook[]): FaultStatus {
  const evidence = evidenceOf(workload, looks);
  const owners = [workload, ...looks.map(({ pod }) => pod)].map((one) => ownerOf(one?.metadata, injection));
  if (owners.includes('others')) return { state: 'drifted', evidence: `${evidence}; a tag is not ours` };
  if (workload === undefined || !owners.includes('us'))
    return { state: 'absent', evidence: `${evidence}; no tag of ours is there` };
  const taken = hasBegun(workload.metadata) ? looks.filter(isTaken).length : 0;
  if (taken === 0) return { state: 'armed', evidence };
  if (taken < looks.length) return { state: 'partial', evidence };
  return { state: isOverdue(injection, now()) ? 'overdue' : 'active', evidence };
}

function evidenceOf(workload: V1Deployment | undefined, looks: PodLook[]): string {
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

/** A tag that changed under our hands is looked at again by the next attempt. */
async function laterWhenRefused(injectionId: string, asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!isFailure(error, 'refused')) throw error;
    throw new Error(`cannot roll ${injectionId} back yet: ${String(error)}; it will be tried again`);
  }
}
