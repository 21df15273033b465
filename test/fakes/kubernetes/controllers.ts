import { ApiFailure } from './api-failure';
import { refreshBudgets } from './disruption-budgets';
import { settleDeployment } from './deployment-controller';
import type { ObjectStore, StoreEvent } from './object-store';
import { resourceKinds } from './resource-kinds';
import { removeWithDependents } from './writes';

/** How long everything takes that is not done by a request. */
export interface Delays {
  /** From a change to the controller that acts on it. */
  observeMs: number;
  /** From a pod's end to its replacement. */
  replaceMs: number;
  /** From a pod's creation to its being ready. */
  readyMs: number;
  /** From a pod's deletion to its end; its grace period when that is shorter. */
  terminateMs: number;
}

/** Runs the controllers on every change; the answer stops them. */
export function startControllers(store: ObjectStore, delays: Delays): () => void {
  const timers = new Map<string, NodeJS.Timeout>();
  // One timer per task and name, so that changes in a row are acted on once.
  const later = (name: string, delayMs: number, act: () => void) => {
    if (timers.has(name)) return;
    const run = () => {
      timers.delete(name);
      unlessRefused(act);
    };
    timers.set(name, setTimeout(run, delayMs));
  };
  const stop = store.listen((event) => react(store, event, delays, later));
  return () => {
    stop();
    for (const timer of timers.values()) clearTimeout(timer);
  };
}

/** A controller that is refused, as in a namespace that is being deleted, acts on the next change again. */
function unlessRefused(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
  }
}

/** Does something once, after a delay, unless the same is already due. */
export type Later = (name: string, delayMs: number, act: () => void) => void;

function react(store: ObjectStore, { resource, object, type }: StoreEvent, delays: Delays, later: Later): void {
  const { namespace = '', name } = object.metadata;
  if (resource === resourceKinds.namespaces) return later(`empty ${name}`, 0, () => emptyNamespace(store, name));
  if (resource === resourceKinds.pods && type !== 'DELETED') tendPod(store, object.metadata, delays, later);
  later(`budgets ${namespace}`, 0, () => refreshBudgets(store, namespace));
  if (resource === resourceKinds.autoscalers || resource === resourceKinds.budgets) return;
  for (const deployment of store.list(resourceKinds.deployments, namespace))
    later(`settle ${namespace}/${deployment.metadata.name}`, delays.observeMs, () =>
      settleDeployment(store, namespace, deployment.metadata.name, delays, later),
    );
}

/** What the node agent does: a pod becomes ready, and one that was deleted ends. */
function tendPod(
  store: ObjectStore,
  {
    namespace = '',
    name,
    uid,
    deletionGracePeriodSeconds = 0,
  }: { namespace?: string; name: string; uid: string; deletionGracePeriodSeconds?: number },
  { readyMs, terminateMs }: Delays,
  later: Later,
): void {
  const find = () => {
    const pod = store.find(resourceKinds.pods, namespace, name);
    return pod?.metadata.uid === uid ? pod : undefined;
  };
  const pod = find();
  if (pod === undefined) return;
  if (pod.metadata.deletionTimestamp === undefined && pod.status?.phase === 'Pending')
    later(`ready ${uid}`, readyMs, () => {
      const current = find();
      if (current?.metadata.deletionTimestamp === undefined && current !== undefined)
        store.put(resourceKinds.pods, {
          ...current,
          status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
        });
    });
  if (pod.metadata.deletionTimestamp !== undefined)
    later(`end ${uid}`, Math.min(terminateMs, deletionGracePeriodSeconds * 1_000), () => {
      const current = find();
      if (current !== undefined && current.metadata.finalizers === undefined)
        removeWithDependents(store, resourceKinds.pods, current);
    });
}

function emptyNamespace(store: ObjectStore, name: string): void {
  const namespace = store.find(resourceKinds.namespaces, '', name);
  if (namespace?.metadata.deletionTimestamp === undefined) return;
  for (const kind of Object.values(resourceKinds).filter(({ isNamespaced }) => isNamespaced))
    for (const object of store.list(kind, name)) removeWithDependents(store, kind, object);
  removeWithDependents(store, resourceKinds.namespaces, namespace);
}
