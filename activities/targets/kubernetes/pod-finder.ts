import type { V1Deployment, V1Pod } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { Target } from '../../../src/domain/survey';
import type { TargetFinder } from '../../../src/domain/target-finder';
import { connect } from '../../faults/kubernetes/connect';
import type { KubernetesConnection } from '../../faults/kubernetes/system';
import { taggedWith } from '../../faults/kubernetes/tag';
import { lockKeyOf } from '../../faults/kubernetes/workload';
import { isExcluded, namespaceRefusals, workloadRefusals } from './admission';
import { choose } from './choose';
import { PodOwners } from './pod-owner';
import { labelSelectorOf, type PodSelector } from './selector';

interface OwnedPod {
  pod: V1Pod;
  owner: V1Deployment | undefined;
}

/** Finds pods of Deployments that answer, by name; refuses rather than leaving too few of a workload. */
export const podFinder: TargetFinder<PodSelector, KubernetesConnection> = {
  async find(selector, tools) {
    const client = await connect(tools);
    const { namespace } = selector;
    const standing = await namespaceRefusals(namespace, client, tools);
    if (standing.length > 0) return { targets: [], total: 0, refusals: standing };
    const cluster = await client.clusterUid();
    const live = (await client.listPods(labelSelectorOf(selector.labels), namespace)).filter(isLive).sort(byName);
    const candidates = live.filter((pod) => !isExcluded(pod.metadata));
    const { chosen, refusals } = choose(candidates, selector, 'pods that answer');
    const owners = new PodOwners(client, namespace);
    const owned = await Promise.all(chosen.map(async (pod) => ({ pod, owner: await owners.find(pod) })));
    return {
      targets: owned.flatMap((one) => targetOf(one, cluster, selector)),
      total: live.length,
      refusals: [
        ...refusals,
        ...new Set(owned.flatMap((one) => podRefusals(one))),
        ...(await ownerRefusals(owned, selector.minHealthy, (owner) => workloadRefusals(owner, client, tools))),
      ],
    };
  },
};

function isLive({ metadata, status }: V1Pod): boolean {
  const isReady = status?.conditions?.some(({ type, status: state }) => type === 'Ready' && state === 'True') ?? false;
  return isReady && metadata?.deletionTimestamp === undefined;
}

function byName(left: V1Pod, right: V1Pod): number {
  return (left.metadata?.name ?? '') < (right.metadata?.name ?? '') ? -1 : 1;
}

function podRefusals({ pod: { metadata }, owner }: OwnedPod): string[] {
  const name = metadata?.name ?? '';
  const holder = taggedWith(metadata);
  if (owner === undefined) return [`pod ${name} belongs to no Deployment that would replace it; choose others`];
  return holder === undefined ? [] : [`pod ${name} already carries injection ${holder}; wait for its end, or sweep`];
}

async function ownerRefusals(
  owned: OwnedPod[],
  minHealthy: number,
  refusalsOf: (owner: V1Deployment) => Promise<string[]>,
): Promise<string[]> {
  const owners = new Map(owned.flatMap(({ owner }) => (owner ? [[owner.metadata?.uid, owner] as const] : [])));
  const refusals = [...owners.values()].map(async (owner) => {
    const taken = owned.filter((one) => one.owner === owner).length;
    return [...(await refusalsOf(owner)), ...tooFewLeft(owner, taken, minHealthy)];
  });
  return (await Promise.all(refusals)).flat();
}

/** Why taking so many pods of a workload leaves too few that answer. */
export function tooFewLeft({ metadata, status }: V1Deployment, taken: number, minHealthy: number): string[] {
  const left = (status?.readyReplicas ?? 0) - taken;
  if (left >= minHealthy) return [];
  return [
    `taking ${taken} of ${status?.readyReplicas ?? 0} pods that answer leaves ${metadata?.name ?? ''} with ${Math.max(left, 0)}, and ${minHealthy} have to stay (minHealthy)`,
  ];
}

function targetOf({ pod, owner }: OwnedPod, cluster: string, { namespace, minHealthy }: PodSelector): Target[] {
  const [workload, workloadUid] = [owner?.metadata?.name, owner?.metadata?.uid];
  const [name, uid] = [pod.metadata?.name, pod.metadata?.uid];
  if (workload === undefined || workloadUid === undefined || name === undefined || uid === undefined) return [];
  return [
    {
      identity: uid,
      lockKey: lockKeyOf({ cluster, namespace, workload }),
      description: `pod ${name} of ${namespace}/${workload}`,
      facts: { cluster, namespace, workload, workloadUid, pod: name, minHealthy },
    },
  ];
}
