/** One kind of object the fake serves. */
export interface ResourceKind {
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  kind: string;
  isNamespaced: boolean;
}

const kindOf = (group: string, version: string, plural: string, kind: string, isNamespaced = true): ResourceKind => ({
  ...{ group, version, plural, kind, isNamespaced },
});

/** Every kind of object the fake serves. */
export const resourceKinds = {
  namespaces: kindOf('', 'v1', 'namespaces', 'Namespace', false),
  pods: kindOf('', 'v1', 'pods', 'Pod'),
  services: kindOf('', 'v1', 'services', 'Service'),
  deployments: kindOf('apps', 'v1', 'deployments', 'Deployment'),
  replicaSets: kindOf('apps', 'v1', 'replicasets', 'ReplicaSet'),
  autoscalers: kindOf('autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler'),
  budgets: kindOf('policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget'),
} as const;

/** `v1` or `apps/v1`. */
export function apiVersionOf({ group, version }: ResourceKind): string {
  return group === '' ? version : `${group}/${version}`;
}
