import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { FaultStatus, Injection, RollbackResult } from '../../../src/domain/injection';
import { isOverdue, refuseLate } from '../refuse-late';
import { Refused } from '../refused';
import type { PatchOperation } from './kubernetes-client';
import { againOnConflict, finalWhenRefused, isFailure, KubernetesFailure } from './kubernetes-failure';
import { ownerOf, removeTag, testTag } from './tag';
import { armWorkload, findArmed, findWorkload, placeOf, type WorkloadCall } from './tagged-deployment';
import { workloadOf } from './workload';

/** How many replicas a Deployment gets. */
export const scaleParams = z.strictObject({ replicas: z.number().int().min(0).max(1_000) });

const scaleOriginals = z.object({ replicas: z.number() });
const replicasPath = '/spec/replicas';

const observedWithinMs = 5_000;
const lookEveryMs = 50;

function replicasOf(deployment: V1Deployment): number {
  return deployment.spec?.replicas ?? 1;
}

function numbersOf({ params, originals }: Injection): { wanted: number; original: number } {
  return { wanted: scaleParams.parse(params).replicas, original: scaleOriginals.parse(originals).replicas };
}

/** Tags the Deployment, originals included, in one write that holds only for the version that was read. */
export async function armScale(call: WorkloadCall): Promise<void> {
  const { original } = numbersOf(call.injection);
  await finalWhenRefused(
    againOnConflict(async () => {
      refuseLate(call.injection, call.now());
      await armWorkload(call, (found) => {
        if (replicasOf(found) !== original)
          throw new Refused(
            `cannot arm ${call.injection.injectionId}: somebody scaled its workload to ${replicasOf(found)}; start again`,
          );
      });
    }),
  );
}

/** Scales in one write that holds only while the tag is there and the number is the original one. */
export async function injectScale(call: WorkloadCall): Promise<void> {
  const { injection, client, now } = call;
  const { wanted, original } = numbersOf(injection);
  const found = await findArmed(call);
  if (replicasOf(found) !== wanted) {
    refuseLate(injection, now());
    const patch = [...testTag(injection, workloadOf(injection).workloadUid), ...replace(original, wanted)];
    await finalWhenRefused(client.patchDeployment(placeOf(workloadOf(injection)), patch));
  }
  await waitUntilObserved(call);
}

function replace(from: number, to: number): PatchOperation[] {
  return [
    { op: 'test', path: replicasPath, value: from },
    { op: 'replace', path: replicasPath, value: to },
  ];
}

/** The controller acts within moments; one that does not shows in the status. */
async function waitUntilObserved(call: WorkloadCall): Promise<void> {
  const endMs = performance.now() + observedWithinMs;
  while (performance.now() < endMs && (await readScale(call)).state === 'partial') await setTimeout(lookEveryMs);
}

/** What the Deployment says of the fault; `unknown` when nothing can be read. */
export async function readScale(call: WorkloadCall): Promise<FaultStatus> {
  try {
    return stateOf(await findWorkload(call), call);
  } catch (error) {
    if (error instanceof KubernetesFailure) return { state: 'unknown', evidence: error.message };
    throw error;
  }
}

function stateOf(found: V1Deployment | undefined, { injection, now }: WorkloadCall): FaultStatus {
  if (found === undefined) return { state: 'absent', evidence: 'the deployment does not exist any more' };
  const { wanted, original } = numbersOf(injection);
  const replicas = replicasOf(found);
  const evidence = `${found.metadata?.name ?? ''} wants ${replicas} replicas and has ${found.status?.replicas ?? 0}, ${found.status?.readyReplicas ?? 0} of them ready`;
  const owner = ownerOf(found.metadata, injection);
  if (owner === 'others') return { state: 'drifted', evidence: `${evidence}; its tag is not ours` };
  if (owner === 'nobody')
    return { state: isLeftBehind(found, injection) ? 'drifted' : 'absent', evidence: `${evidence}; it carries no tag` };
  if (replicas === original) return { state: 'armed', evidence };
  if (replicas !== wanted) return { state: 'drifted', evidence: `${evidence}; we asked for ${wanted}` };
  if (!isObserved(found, wanted))
    return { state: 'partial', evidence: `${evidence}; its controller has not seen it yet` };
  return { state: isOverdue(injection, now()) ? 'overdue' : 'active', evidence };
}

/** Our value without our tag: somebody took the tag off, since a rollback of ours takes both in one write. */
function isLeftBehind(found: V1Deployment, injection: Injection): boolean {
  const { wanted, original } = numbersOf(injection);
  return wanted !== original && replicasOf(found) === wanted;
}

function isObserved({ metadata, status }: V1Deployment, wanted: number): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0) || status?.replicas === wanted;
}

/** Restores the number and takes the tag off in one write, if the number is still ours; a foreign number stays as it is. */
export async function rollBackScale(call: WorkloadCall): Promise<RollbackResult> {
  const { injection } = call;
  const found = await findWorkload(call);
  if (found === undefined)
    return { end: 'gone', foundActive: false, evidence: 'the deployment does not exist any more' };
  const owner = ownerOf(found.metadata, injection);
  const has = `it wants ${replicasOf(found)} replicas`;
  if (owner === 'others')
    return { end: 'drifted', foundActive: false, evidence: `its tag is not ours and was left; ${has}` };
  if (owner === 'us') return endOurs(call, found);
  if (isLeftBehind(found, injection))
    return { end: 'drifted', foundActive: false, evidence: `somebody took our tag off; ${has}, which was left` };
  return { end: 'absent', foundActive: false, evidence: `no tag of ours is there; ${has}` };
}

async function endOurs(call: WorkloadCall, found: V1Deployment): Promise<RollbackResult> {
  const { wanted, original } = numbersOf(call.injection);
  const replicas = replicasOf(found);
  const foundActive = replicas === wanted;
  await patchOurs(
    call,
    found,
    foundActive ? replace(wanted, original) : [{ op: 'test', path: replicasPath, value: replicas }],
  );
  if (foundActive || replicas === original)
    return { end: 'absent', foundActive, evidence: `it wants ${original} replicas as before, and our tag is gone` };
  const evidence = `somebody changed ${wanted} replicas to ${replicas}; that was left, and our tag is gone`;
  return { end: 'drifted', foundActive: false, evidence };
}

async function patchOurs(
  { injection, client }: WorkloadCall,
  found: V1Deployment,
  change: PatchOperation[],
): Promise<void> {
  const workload = workloadOf(injection);
  const patch = [...testTag(injection, workload.workloadUid), ...change, ...removeTag(found.metadata)];
  try {
    await client.patchDeployment(placeOf(workload), patch);
  } catch (error) {
    if (!isFailure(error, 'refused')) throw error;
    throw new Error(`cannot roll ${injection.injectionId} back yet: ${String(error)}; it will be tried again`);
  }
}
