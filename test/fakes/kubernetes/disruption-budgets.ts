import { ApiFailure } from './api-failure';
import { livePods, type ObjectStore } from './object-store';
import { resourceKinds } from './resource-kinds';
import { carries, isReady, type Spec, type Status, type StoredObject } from './stored-object';
import { deleteObject, findOrFail, type DeleteOptions } from './writes';

/** Brings the statuses of all budgets of a namespace up to date, as the disruption controller does. */
export function refreshBudgets(store: ObjectStore, namespace: string): void {
  for (const budget of store.list(resourceKinds.budgets, namespace)) {
    const status = statusOf(store, budget);
    if (JSON.stringify(status) !== JSON.stringify(budget.status))
      store.put(resourceKinds.budgets, { ...budget, status });
  }
}

function statusOf(store: ObjectStore, { metadata, spec = {} }: StoredObject): Status {
  const pods = livePods(store, metadata.namespace ?? '', (pod) => carries(pod, spec.selector?.matchLabels));
  const currentHealthy = pods.filter(isReady).length;
  const desiredHealthy = desiredOf(spec, pods.length);
  return {
    ...{ expectedPods: pods.length, currentHealthy, desiredHealthy },
    disruptionsAllowed: Math.max(0, currentHealthy - desiredHealthy),
    ...(metadata.generation !== undefined && { observedGeneration: metadata.generation }),
  };
}

function desiredOf({ minAvailable, maxUnavailable }: Spec, expected: number): number {
  if (minAvailable !== undefined) return countOf(minAvailable, expected);
  return Math.max(0, expected - countOf(maxUnavailable ?? 0, expected));
}

function countOf(amount: number | string, of: number): number {
  return typeof amount === 'number' ? amount : Math.ceil((Number.parseFloat(amount) / 100) * of);
}

/** Evicts a pod unless a budget forbids it (429) or several budgets claim it (500). */
export function evictPod(
  store: ObjectStore,
  namespace: string,
  name: string,
  options: DeleteOptions,
  isDryRun: boolean,
): object {
  const place = { resource: resourceKinds.pods, namespace, name };
  const pod = findOrFail(store, place);
  const budgets = store
    .list(resourceKinds.budgets, namespace)
    .filter(({ spec }) => carries(pod, spec?.selector?.matchLabels));
  if (budgets.length > 1)
    throw new ApiFailure(
      500,
      'InternalError',
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  const [budget] = budgets;
  if (budget !== undefined && isReady(pod) && (statusOf(store, budget).disruptionsAllowed ?? 0) < 1)
    throw new ApiFailure(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", [
      { reason: 'DisruptionBudget', message: `The disruption budget ${budget.metadata.name} does not allow it now` },
    ]);
  deleteObject(store, place, options, isDryRun);
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}
