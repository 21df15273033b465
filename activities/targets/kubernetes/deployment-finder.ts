import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { DriverTools } from '../../../src/domain/fault-driver';
import type { Target } from '../../../src/domain/survey';
import type { TargetFinder } from '../../../src/domain/target-finder';
import { connect } from '../../faults/kubernetes/connect';
import type { KubernetesClient } from '../../faults/kubernetes/kubernetes-client';
import type { KubernetesConnection } from '../../faults/kubernetes/system';
import { lockKeyOf } from '../../faults/kubernetes/workload';
import { isExcluded, namespaceRefusals, workloadRefusals } from './admission';
import { choose } from './choose';
import { labelSelectorOf, type DeploymentSelector } from './selector';

/** Finds Deployments, by name; those that exclude themselves are never among them. */
export const deploymentFinder: TargetFinder<DeploymentSelector, KubernetesConnection> = {
  async find(selector, tools) {
    const client = await connect(tools);
    const standing = await namespaceRefusals(selector.namespace, client, tools);
    if (standing.length > 0) return { targets: [], total: 0, refusals: standing };
    const cluster = await client.clusterUid();
    const found = (await list(selector, client)).sort(byName);
    const candidates = found.filter(({ metadata }) => selector.name !== undefined || !isExcluded(metadata));
    const { chosen, refusals } = choose(candidates, selector, 'deployments');
    return {
      targets: chosen.flatMap((one) => targetOf(one, cluster)),
      total: found.length,
      refusals: [...refusals, ...(await refusalsOf(chosen, client, tools))],
    };
  },
};

async function list(
  { namespace, name, labels = {} }: DeploymentSelector,
  client: KubernetesClient,
): Promise<V1Deployment[]> {
  if (name === undefined) return client.listDeployments(labelSelectorOf(labels), namespace);
  const found = await client.findDeployment({ namespace, name });
  return found === undefined ? [] : [found];
}

async function refusalsOf(
  chosen: V1Deployment[],
  client: KubernetesClient,
  tools: DriverTools<KubernetesConnection>,
): Promise<string[]> {
  return (await Promise.all(chosen.map((one) => workloadRefusals(one, client, tools)))).flat();
}

function byName(left: V1Deployment, right: V1Deployment): number {
  return (left.metadata?.name ?? '') < (right.metadata?.name ?? '') ? -1 : 1;
}

function targetOf({ metadata }: V1Deployment, cluster: string): Target[] {
  const [namespace, workload, workloadUid] = [metadata?.namespace, metadata?.name, metadata?.uid];
  if (namespace === undefined || workload === undefined || workloadUid === undefined) return [];
  return [
    {
      identity: workloadUid,
      lockKey: lockKeyOf({ cluster, namespace, workload }),
      description: `deployment ${namespace}/${workload}`,
      facts: { cluster, namespace, workload, workloadUid },
    },
  ];
}
