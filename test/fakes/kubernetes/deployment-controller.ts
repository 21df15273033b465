import { createHash } from 'node:crypto';
import type { Delays, Later } from './controllers';
import { livePods, type ObjectStore } from './object-store';
import { resourceKinds, type ResourceKind } from './resource-kinds';
import { isReady, type OwnerReference, type Status, type StoredObject } from './stored-object';
import { createObject, deleteObject } from './writes';

/** Brings a Deployment one step nearer to what its spec wants: its ReplicaSet, its pods, its status. */
export function settleDeployment(
  store: ObjectStore,
  namespace: string,
  name: string,
  delays: Delays,
  later: Later,
): void {
  const deployment = store.find(resourceKinds.deployments, namespace, name);
  if (deployment === undefined || deployment.metadata.deletionTimestamp !== undefined) return;
  const replicaSet = replicaSetOf(store, deployment);
  const pods = livePods(store, namespace, (pod) => isOwnedBy(pod, replicaSet.metadata.uid));
  const missing = (deployment.spec?.replicas ?? 1) - pods.length;
  if (missing > 0) addPodLater(store, replicaSet, hasEverRun(replicaSet) ? delays.replaceMs : 0, later);
  for (const pod of surplusOf(pods, -missing))
    deleteObject(store, { resource: resourceKinds.pods, namespace, name: pod.metadata.name }, {}, false);
  tellStatus(store, resourceKinds.replicaSets, replicaSet);
  tellStatus(store, resourceKinds.deployments, deployment);
}

/** Pods that do not answer go first, then the youngest. */
function surplusOf(pods: StoredObject[], count: number): StoredObject[] {
  const ranked = [...pods].sort(
    (left, right) =>
      Number(isReady(left)) - Number(isReady(right)) ||
      right.metadata.creationTimestamp.localeCompare(left.metadata.creationTimestamp),
  );
  return ranked.slice(0, Math.max(0, count));
}

function addPodLater(store: ObjectStore, { metadata }: StoredObject, delayMs: number, later: Later): void {
  const { namespace = '', name, uid } = metadata;
  later(`replace ${uid}`, delayMs, () => {
    const replicaSet = store.find(resourceKinds.replicaSets, namespace, name);
    if (replicaSet?.metadata.uid !== uid) return;
    const wanted = replicaSet.spec?.replicas ?? 0;
    const present = livePods(store, namespace, (pod) => isOwnedBy(pod, uid)).length;
    for (let count = present; count < wanted; count += 1) addPod(store, replicaSet);
  });
}

function addPod(store: ObjectStore, { metadata, spec }: StoredObject): void {
  const { namespace = '', name } = metadata;
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${name}-`,
      ...(spec?.template?.metadata?.labels && { labels: spec.template.metadata.labels }),
      ownerReferences: [ownerOf('apps/v1', 'ReplicaSet', metadata)],
    },
    spec: { terminationGracePeriodSeconds: 30, ...spec?.template?.spec, nodeName: 'fake-node' },
  };
  createObject(store, { resource: resourceKinds.pods, namespace, name: '' }, asObject(body), false);
}

function replicaSetOf(store: ObjectStore, deployment: StoredObject): StoredObject {
  const { namespace = '', uid } = deployment.metadata;
  const name = `${deployment.metadata.name}-${hashOf(deployment.spec?.template)}`;
  const replicas = deployment.spec?.replicas ?? 1;
  const found = store.find(resourceKinds.replicaSets, namespace, name);
  const { selector, template } = deployment.spec ?? {};
  const spec = { replicas, ...(selector && { selector }), ...(template && { template }) };
  if (found === undefined) {
    const owner = ownerOf('apps/v1', 'Deployment', { ...deployment.metadata, uid });
    const labels = template?.metadata?.labels;
    const metadata = { name, ownerReferences: [owner], ...(labels && { labels }) };
    const body = asObject({ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata, spec });
    return createObject(store, { resource: resourceKinds.replicaSets, namespace, name }, body, false);
  }
  if (found.spec?.replicas === replicas) return found;
  const generation = (found.metadata.generation ?? 0) + 1;
  return store.put(resourceKinds.replicaSets, { ...found, spec, metadata: { ...found.metadata, generation } });
}

function tellStatus(store: ObjectStore, resource: ResourceKind, object: StoredObject): void {
  const { namespace = '', name, generation = 1, uid } = object.metadata;
  const current = store.find(resource, namespace, name);
  if (current?.metadata.uid !== uid) return;
  const pods = livePods(store, namespace, (pod) => isPodOf(store, pod, uid));
  const ready = pods.filter(isReady).length;
  const status: Status = {
    ...{ observedGeneration: generation, replicas: pods.length, updatedReplicas: pods.length },
    ...{ readyReplicas: ready, availableReplicas: ready },
    unavailableReplicas: Math.max(0, (object.spec?.replicas ?? 1) - ready),
  };
  if (JSON.stringify(status) !== JSON.stringify(current.status)) store.put(resource, { ...current, status });
}

function isPodOf(store: ObjectStore, pod: StoredObject, uid: string): boolean {
  if (isOwnedBy(pod, uid)) return true;
  const owner = pod.metadata.ownerReferences?.[0];
  const replicaSet = store.find(resourceKinds.replicaSets, pod.metadata.namespace ?? '', owner?.name ?? '');
  return replicaSet !== undefined && isOwnedBy(replicaSet, uid);
}

function isOwnedBy({ metadata }: StoredObject, uid: string): boolean {
  return metadata.ownerReferences?.some((owner) => owner.uid === uid) ?? false;
}

function ownerOf(apiVersion: string, kind: string, { name, uid }: { name: string; uid: string }): OwnerReference {
  return { apiVersion, kind, name, uid, controller: true };
}

function hasEverRun({ status }: StoredObject): boolean {
  return status?.observedGeneration !== undefined;
}

function hashOf(template: object | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify(template ?? {}))
    .digest('hex')
    .slice(0, 9);
}

function asObject(body: object): StoredObject {
  return JSON.parse(JSON.stringify(body));
}
