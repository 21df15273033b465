import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { z } from 'zod';
import type { Target } from '../../../src/domain/survey';
import { duration, durationMs } from '../duration';
import { refuseLate } from '../refuse-late';
import { Refused } from '../refused';
import { againOnConflict, finalWhenRefused } from './kubernetes-failure';
import { isTaken, lookAtPod, lookAtPods, podPlaceOf, unlessGone } from './pod-look';
import { hasBegun, noteBegun, ownerOf, tagPatch, taggedWith, testTag } from './tag';
import { armWorkload, findArmed, placeOf, type WorkloadCall } from './tagged-deployment';
import { workloadOf } from './workload';

/** How pods are taken away: at once or with their usual grace, past a disruption budget or not. */
export const podParams = z.strictObject({
  gracePeriod: duration.exactOptional(),
  respectBudget: z.boolean().default(false),
});

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
  if (hasBegun(workload.metadata, injection)) return;
  const looks = await lookAtPods(call);
  const vanished = looks.filter(isTaken).map(({ target }) => target.description);
  if (vanished.length > 0)
    throw new Refused(
      `cannot inject ${injection.injectionId}: ${vanished.join(', ')} vanished without us; start again`,
    );
  refuseLate(injection, now());
  const patch = [...testTag(injection, workloadOf(injection).workloadUid), noteBegun(injection)];
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
