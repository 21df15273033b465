import type { V1ObjectMeta } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { DriverTools } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import { completeOrThrow } from '../incomplete-list';
import { connect } from './connect';
import type { KubernetesClient } from './kubernetes-client';
import { isFailure } from './kubernetes-failure';
import { kubernetesOptIn, type KubernetesConnection } from './system';
import { faultIn, injectionIn, injectionLabel, taggedWith } from './tag';

interface Tagged {
  metadata?: V1ObjectMeta;
}

/**
 * Every fault of ours of one kind, from the tags of Deployments and pods alone: in the whole cluster where we may look there,
 * else in the namespaces that are opted in. An IncompleteList when some tag cannot be read.
 */
export async function listWorkloadFaults(kind: string, tools: DriverTools<KubernetesConnection>): Promise<Injection[]> {
  const client = await connect(tools);
  const tagged = await everywhere(client, tools);
  const ofKind = tagged.filter(({ metadata }) => (faultIn(metadata) ?? kind) === kind);
  const found = new Map<string, Injection>();
  const problems: string[] = [];
  for (const { metadata } of ofKind) {
    const injection = injectionIn(metadata);
    if (injection?.fault === kind) found.set(injection.injectionId, injection);
    else problems.push(problemOf(metadata));
  }
  return completeOrThrow([...found.values()], [...new Set(problems)]);
}

function problemOf(metadata: V1ObjectMeta | undefined): string {
  const where = `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
  return `${where} carries ${String(taggedWith(metadata))} and no record that can be read; look at it and remove its gameday.dev label and annotations`;
}

async function everywhere(client: KubernetesClient, tools: DriverTools<KubernetesConnection>): Promise<Tagged[]> {
  try {
    return await list(client);
  } catch (error) {
    if (!isFailure(error, 'refused')) throw error;
    const namespaces = new Set(tools.optedIn.map((entry) => kubernetesOptIn.parse(entry).namespace));
    return (await Promise.all([...namespaces].map((namespace) => list(client, namespace)))).flat();
  }
}

async function list(client: KubernetesClient, namespace?: string): Promise<Tagged[]> {
  const [deployments, pods] = await Promise.all([
    client.listDeployments(injectionLabel, namespace),
    client.listPods(injectionLabel, namespace),
  ]);
  return [...deployments, ...pods];
}
