import type { V1Deployment, V1ObjectMeta } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { DriverTools } from '../../../src/domain/fault-driver';
import type { KubernetesClient } from '../../faults/kubernetes/kubernetes-client';
import { kubernetesOptIn, type KubernetesConnection } from '../../faults/kubernetes/system';
import { taggedWith } from '../../faults/kubernetes/tag';
import { pathRefusals } from './removal-path';

type Tools = DriverTools<KubernetesConnection>;

const enabled = 'gameday.dev/enabled';
const excluded = 'gameday.dev/exclude';

/** The cluster's own namespaces, and where Gameday and Temporal usually run: what a rollback needs is not harmed. */
const deniedNamespaces = [
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'gameday',
  'gameday-system',
  'temporal',
  'temporal-system',
];

const ownParts = ['gameday', 'temporal'];

/** Why nothing may be harmed in a namespace, in sentences. */
export async function namespaceRefusals(name: string, client: KubernetesClient, tools: Tools): Promise<string[]> {
  if ([...deniedNamespaces, ...tools.connection.deniedNamespaces].includes(name))
    return [`namespace ${name} is on the path that removes faults or belongs to the cluster; choose another one`];
  if (!optInsOf(tools).some(({ namespace }) => namespace === name))
    return [`namespace ${name} is not opted in; add it under targets.kubernetes of the environment`];
  const { metadata } = await client.readNamespace(name);
  return consentRefusals(`namespace ${name}`, metadata);
}

/** Why a workload may not be harmed, in sentences; its namespace is judged apart. */
export async function workloadRefusals(
  workload: V1Deployment,
  client: KubernetesClient,
  tools: Tools,
): Promise<string[]> {
  const { metadata } = workload;
  const [name, namespace] = [metadata?.name ?? '', metadata?.namespace ?? ''];
  const what = `deployment ${name}`;
  const refusals = consentRefusals(what, metadata);
  const isListed = optInsOf(tools).some(
    (entry) => entry.namespace === namespace && (entry.workloads?.includes(name) ?? true),
  );
  if (!isListed) refusals.push(`${what} is not opted in; add it under targets.kubernetes of the environment`);
  if (metadata?.deletionTimestamp) refusals.push(`${what} is being deleted`);
  const part = metadata?.labels?.['app.kubernetes.io/part-of'] ?? '';
  if (ownParts.includes(part)) refusals.push(`${what} is part of ${part}, which removes faults; choose another one`);
  const holder = taggedWith(metadata);
  if (holder !== undefined) refusals.push(`${what} already carries injection ${holder}; wait for its end, or sweep`);
  return [...refusals, ...(await pathRefusals(workload, tools.removalPath ?? [], client))];
}

/** Whether an object says that it must never be harmed, as a label or as an annotation. */
export function isExcluded(metadata: V1ObjectMeta | undefined): boolean {
  return valueOf(metadata, excluded) !== undefined && valueOf(metadata, excluded) !== 'false';
}

function consentRefusals(what: string, metadata: V1ObjectMeta | undefined): string[] {
  if (isExcluded(metadata)) return [`${what} is excluded by ${excluded}`];
  return valueOf(metadata, enabled) === 'true' ? [] : [`${what} is not opted in; label it ${enabled}: "true"`];
}

function valueOf(metadata: V1ObjectMeta | undefined, key: string): string | undefined {
  return metadata?.labels?.[key] ?? metadata?.annotations?.[key];
}

function optInsOf({ optedIn }: Tools) {
  return optedIn.map((entry) => kubernetesOptIn.parse(entry));
}
