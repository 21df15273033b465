import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { FaultStatus } from '../../../src/domain/injection';
import { isOverdue } from '../refuse-late';
import { KubernetesFailure } from './kubernetes-failure';
import { isLeftBehind, numbersOf, replicasOf } from './scale-numbers';
import { ownerOf } from './tag';
import { findWorkload, type WorkloadCall } from './tagged-deployment';

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

function isObserved({ metadata, status }: V1Deployment, wanted: number): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0) || status?.replicas === wanted;
}
