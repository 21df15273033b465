import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { FaultStatus } from '../../../src/domain/injection';
import { isOverdue } from '../refuse-late';
import { KubernetesFailure } from './kubernetes-failure';
import { evidenceOf, isTaken, lookAtPods, type PodLook } from './pod-look';
import { hasBegun, ownerOf } from './tag';
import { findWorkload, type WorkloadCall } from './tagged-deployment';

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
  const taken = hasBegun(workload.metadata, injection) ? looks.filter(isTaken).length : 0;
  if (taken === 0) return { state: 'armed', evidence };
  if (taken < looks.length) return { state: 'partial', evidence };
  return { state: isOverdue(injection, now()) ? 'overdue' : 'active', evidence };
}
