import type {
  ConfigurationOptions,
  V1Deployment,
  V1Namespace,
  V1Pod,
  V1ReplicaSet,
  V1Service,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { JsonObject } from '../../../src/domain/json';
import { isFailure } from './kubernetes-failure';
import type { Requests } from './requests';

/** Where an object is. */
export interface Place {
  namespace: string;
  name: string;
}

/** One operation of a JSON patch. */
export type PatchOperation = JsonObject & { op: 'test' | 'add' | 'replace' | 'remove'; path: string };

/** A merge patch is an object, a JSON patch a list: so the two cannot be confused. */
export type Patch = JsonObject | PatchOperation[];

/** What a deletion holds to. */
export interface PodDeletion {
  uid: string;
  resourceVersion: string;
  gracePeriodSeconds?: number;
}

/** Something that may be allowed or not. */
export interface Access {
  namespace: string;
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
}

/** Speaks to one API server, each request bounded in time; every method throws a KubernetesFailure when it was not granted. */
export class KubernetesClient {
  constructor(private readonly requests: Requests) {}

  /** Names the cluster for ever: the uid of its kube-system namespace. */
  async clusterUid(): Promise<string> {
    return (await this.readNamespace('kube-system')).metadata?.uid ?? '';
  }

  readNamespace(name: string): Promise<V1Namespace> {
    return this.requests.ask(`read namespace ${name}`, 'Namespace', (configuration) =>
      new this.requests.library.CoreV1Api(configuration).readNamespace({ name }),
    );
  }

  /** Undefined when there is none. */
  findDeployment(place: Place): Promise<V1Deployment | undefined> {
    return unlessMissing(
      this.requests.ask(`read deployment ${nameOf(place)}`, 'Deployment', (configuration) =>
        new this.requests.library.AppsV1Api(configuration).readNamespacedDeployment(place),
      ),
    );
  }

  /** In one namespace, or in all when none is named. */
  async listDeployments(labelSelector: string, namespace?: string): Promise<V1Deployment[]> {
    const list = await this.requests.ask(`list deployments ${inside(namespace)}`, 'DeploymentList', (configuration) => {
      const api = new this.requests.library.AppsV1Api(configuration);
      if (namespace === undefined) return api.listDeploymentForAllNamespaces({ labelSelector });
      return api.listNamespacedDeployment({ namespace, labelSelector });
    });
    return list.items;
  }

  /** Undefined when there is none. */
  findReplicaSet(place: Place): Promise<V1ReplicaSet | undefined> {
    return unlessMissing(
      this.requests.ask(`read replica set ${nameOf(place)}`, 'ReplicaSet', (configuration) =>
        new this.requests.library.AppsV1Api(configuration).readNamespacedReplicaSet(place),
      ),
    );
  }

  /** Undefined when there is none. */
  findService(place: Place): Promise<V1Service | undefined> {
    return unlessMissing(
      this.requests.ask(`read service ${nameOf(place)}`, 'Service', (configuration) =>
        new this.requests.library.CoreV1Api(configuration).readNamespacedService(place),
      ),
    );
  }

  /** Undefined when there is none. */
  findPod(place: Place): Promise<V1Pod | undefined> {
    return unlessMissing(
      this.requests.ask(`read pod ${nameOf(place)}`, 'Pod', (configuration) =>
        new this.requests.library.CoreV1Api(configuration).readNamespacedPod(place),
      ),
    );
  }

  /** In one namespace, or in all when none is named. */
  async listPods(labelSelector: string, namespace?: string): Promise<V1Pod[]> {
    const list = await this.requests.ask(`list pods ${inside(namespace)}`, 'PodList', (configuration) => {
      const api = new this.requests.library.CoreV1Api(configuration);
      if (namespace === undefined) return api.listPodForAllNamespaces({ labelSelector });
      return api.listNamespacedPod({ namespace, labelSelector });
    });
    return list.items;
  }

  async listAutoscalers(namespace: string): Promise<V2HorizontalPodAutoscaler[]> {
    const list = await this.requests.ask(
      `list autoscalers ${inside(namespace)}`,
      'HorizontalPodAutoscalerList',
      (configuration) =>
        new this.requests.library.AutoscalingV2Api(configuration).listNamespacedHorizontalPodAutoscaler({ namespace }),
    );
    return list.items;
  }

  patchDeployment(place: Place, body: Patch): Promise<V1Deployment> {
    return this.requests.ask(`patch deployment ${nameOf(place)}`, 'Deployment', (configuration, options) =>
      new this.requests.library.AppsV1Api(configuration).patchNamespacedDeployment(
        { ...place, body },
        this.#as(body, options),
      ),
    );
  }

  patchPod(place: Place, body: Patch): Promise<V1Pod> {
    return this.requests.ask(`patch pod ${nameOf(place)}`, 'Pod', (configuration, options) =>
      new this.requests.library.CoreV1Api(configuration).patchNamespacedPod(
        { ...place, body },
        this.#as(body, options),
      ),
    );
  }

  /** Deletes a pod only if it is this one in this version. */
  async deletePod(place: Place, deletion: PodDeletion): Promise<void> {
    const body = this.#deleteOptions(deletion);
    await this.requests.ask(`delete pod ${nameOf(place)}`, 'Pod', (configuration) =>
      new this.requests.library.CoreV1Api(configuration).deleteNamespacedPod({ ...place, body }),
    );
  }

  /** As deletePod, and only if no disruption budget forbids it. */
  async evictPod(place: Place, deletion: PodDeletion): Promise<void> {
    const body = Object.assign(new this.requests.library.V1Eviction(), {
      metadata: Object.assign(new this.requests.library.V1ObjectMeta(), place),
      deleteOptions: this.#deleteOptions(deletion),
    });
    await this.requests.ask(`evict pod ${nameOf(place)}`, undefined, (configuration) =>
      new this.requests.library.CoreV1Api(configuration).createNamespacedPodEviction({ ...place, body }),
    );
  }

  /** Whether whoever we are may do this. */
  async mayI(access: Access): Promise<boolean> {
    const { V1ResourceAttributes, V1SelfSubjectAccessReview, V1SelfSubjectAccessReviewSpec } = this.requests.library;
    const resourceAttributes = Object.assign(new V1ResourceAttributes(), access);
    const spec = Object.assign(new V1SelfSubjectAccessReviewSpec(), { resourceAttributes });
    const names = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview' };
    const body = Object.assign(new V1SelfSubjectAccessReview(), { ...names, spec });
    const review = await this.requests.ask('review our access', names.kind, (configuration) =>
      new this.requests.library.AuthorizationV1Api(configuration).createSelfSubjectAccessReview({ body }),
    );
    return review.status?.allowed === true;
  }

  #deleteOptions({ uid, resourceVersion, gracePeriodSeconds }: PodDeletion) {
    const { V1DeleteOptions, V1Preconditions } = this.requests.library;
    return Object.assign(new V1DeleteOptions(), {
      preconditions: Object.assign(new V1Preconditions(), { uid, resourceVersion }),
      ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    });
  }

  #as(body: Patch, options: ConfigurationOptions): ConfigurationOptions {
    const { JsonPatch, MergePatch } = this.requests.library.PatchStrategy;
    return this.requests.library.setHeaderOptions(
      'Content-Type',
      Array.isArray(body) ? JsonPatch : MergePatch,
      options,
    );
  }
}

async function unlessMissing<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isFailure(error, 'missing')) return undefined;
    throw error;
  }
}

function nameOf({ namespace, name }: Place): string {
  return `${namespace}/${name}`;
}

function inside(namespace: string | undefined): string {
  return namespace === undefined ? 'in all namespaces' : `in ${namespace}`;
}
