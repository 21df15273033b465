/** Labels and annotations by name. */
export type Names = Record<string, string>;

/** What says that something may be harmed. */
const optedIn: Names = { 'gameday.dev/enabled': 'true' };

/** A namespace, opted in unless said otherwise. */
export function namespace(name: string, labels: Names = optedIn) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** How a Deployment differs from the usual: two replicas, opted in. */
export interface DeploymentOptions {
  replicas?: number;
  labels?: Names;
  annotations?: Names;
  image?: string;
}

/** A Deployment whose pods carry `app: <name>`. */
export function deployment(space: string, name: string, options: DeploymentOptions = {}) {
  const { replicas = 2, labels = optedIn, annotations, image = `shop/${name}:1.0.0` } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: space, labels: { app: name, ...labels }, ...(annotations && { annotations }) },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image }], terminationGracePeriodSeconds: 30 },
      },
    },
  };
}

/** An autoscaler of a Deployment. */
export function autoscaler(space: string, deploymentName: string) {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: deploymentName, namespace: space },
    spec: {
      maxReplicas: 5,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deploymentName },
    },
  };
}

/** A Service before the pods of an app. */
export function service(space: string, app: string, name = app) {
  const spec = { selector: { app }, ports: [{ port: 7233 }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: space }, spec };
}

/** A budget that keeps so many pods of an app. */
export function disruptionBudget(space: string, app: string, minAvailable: number, name = app) {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: space },
    spec: { minAvailable, selector: { matchLabels: { app } } },
  };
}

/** A pod of its own, as somebody creates it by hand. */
export function pod(space: string, name: string, extra: { finalizers?: string[]; labels?: Names } = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: space, ...extra },
    spec: { containers: [{ name: 'main', image: 'shop/tool:1.0.0' }], terminationGracePeriodSeconds: 30 },
  };
}
