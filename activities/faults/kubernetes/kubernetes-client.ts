import type {
  Configuration,
  ConfigurationOptions,
  KubeConfig,
  V1Deployment,
  V1Namespace,
  V1Pod,
  V1ReplicaSet,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { JsonObject } from '../../../src/domain/json';
import { failureOf } from './failure-of';
import { isFailure } from './kubernetes-failure';
import type { Library } from './library';
import { secretsIn } from './read-kubeconfig';

/** One request takes at most this long, well below what any activity may take. */
const requestTimeoutMs = 2_000;

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

type Ask<Value> = (configuration: Configuration, options: ConfigurationOptions) => Promise<Value>;

/** Speaks to one API server, each request bounded in time; every method throws a KubernetesFailure when it was not granted. */
export class KubernetesClient {
  constructor(
    private readonly library: Library,
    private readonly config: KubeConfig,
    private readonly signal: AbortSignal,
  ) {}

  /** Names the cluster for ever: the uid of its kube-system namespace. */
  async clusterUid(): Promise<string> {
    return (await this.readNamespace('kube-system')).metadata?.uid ?? '';
  }

  readNamespace(name: string): Promise<V1Namespace> {
    return this.#ask(`read namespace ${name}`, 'Namespace', (configuration) =>
      new this.library.CoreV1Api(configuration).readNamespace({ name }),
    );
  }

  /** Undefined when there is none. */
  findDeployment(place: Place): Promise<V1Deployment | undefined> {
    return unlessMissing(
      this.#ask(`read deployment ${nameOf(place)}`, 'Deployment', (configuration) =>
        new this.library.AppsV1Api(configuration).readNamespacedDeployment(place),
      ),
    );
  }

  /** In one namespace, or in all when none is named. */
  async listDeployments(labelSelector: string, namespace?: string): Promise<V1Deployment[]> {
    const list = await this.#ask(`list deployments ${inside(namespace)}`, 'DeploymentList', (configuration) => {
      const api = new this.library.AppsV1Api(configuration);
      if (namespace === undefined) return api.listDeploymentForAllNamespaces({ labelSelector });
      return api.listNamespacedDeployment({ namespace, labelSelector });
    });
    return list.items;
  }

  /** Undefined when there is none. */
  findReplicaSet(place: Place): Promise<V1ReplicaSet | undefined> {
    return unlessMissing(
      this.#ask(`read replica set ${nameOf(place)}`, 'ReplicaSet', (configuration) =>
        new this.library.AppsV1Api(configuration).readNamespacedReplicaSet(place),
      ),
    );
  }

  /** Undefined when there is none. */
  findPod(place: Place): Promise<V1Pod | undefined> {
    return unlessMissing(
      this.#ask(`read pod ${nameOf(place)}`, 'Pod', (configuration) =>
        new this.library.CoreV1Api(configuration).readNamespacedPod(place),
      ),
    );
  }

  /** In one namespace, or in all when none is named. */
  async listPods(labelSelector: string, namespace?: string): Promise<V1Pod[]> {
    const list = await this.#ask(`list pods ${inside(namespace)}`, 'PodList', (configuration) => {
      const api = new this.library.CoreV1Api(configuration);
      if (namespace === undefined) return api.listPodForAllNamespaces({ labelSelector });
      return api.listNamespacedPod({ namespace, labelSelector });
    });
    return list.items;
  }

  async listAutoscalers(namespace: string): Promise<V2HorizontalPodAutoscaler[]> {
    const list = await this.#ask(
      `list autoscalers ${inside(namespace)}`,
      'HorizontalPodAutoscalerList',
      (configuration) =>
        new this.library.AutoscalingV2Api(configuration).listNamespacedHorizontalPodAutoscaler({ namespace }),
    );
    return list.items;
  }

  patchDeployment(place: Place, body: Patch): Promise<V1Deployment> {
    return this.#ask(`patch deployment ${nameOf(place)}`, 'Deployment', (configuration, options) =>
      new this.library.AppsV1Api(configuration).patchNamespacedDeployment({ ...place, body }, this.#as(body, options)),
    );
  }

  patchPod(place: Place, body: Patch): Promise<V1Pod> {
    return this.#ask(`patch pod ${nameOf(place)}`, 'Pod', (configuration, options) =>
      new this.library.CoreV1Api(configuration).patchNamespacedPod({ ...place, body }, this.#as(body, options)),
    );
  }

  /** Deletes a pod only if it is this one in this version. */
  async deletePod(place: Place, deletion: PodDeletion): Promise<void> {
    const body = this.#deleteOptions(deletion);
    await this.#ask(`delete pod ${nameOf(place)}`, 'Pod', (configuration) =>
      new this.library.CoreV1Api(configuration).deleteNamespacedPod({ ...place, body }),
    );
  }

  /** As deletePod, and only if no disruption budget forbids it. */
  async evictPod(place: Place, deletion: PodDeletion): Promise<void> {
    const body = Object.assign(new this.library.V1Eviction(), {
      metadata: Object.assign(new this.library.V1ObjectMeta(), place),
      deleteOptions: this.#deleteOptions(deletion),
    });
    await this.#ask(`evict pod ${nameOf(place)}`, undefined, (configuration) =>
      new this.library.CoreV1Api(configuration).createNamespacedPodEviction({ ...place, body }),
    );
  }

  /** Whether whoever we are may do this. */
  async mayI(access: Access): Promise<boolean> {
    const { V1ResourceAttributes, V1SelfSubjectAccessReview, V1SelfSubjectAccessReviewSpec } = this.library;
    const resourceAttributes = Object.assign(new V1ResourceAttributes(), access);
    const spec = Object.assign(new V1SelfSubjectAccessReviewSpec(), { resourceAttributes });
    const names = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview' };
    const body = Object.assign(new V1SelfSubjectAccessReview(), { ...names, spec });
    const review = await this.#ask('review our access', names.kind, (configuration) =>
      new this.library.AuthorizationV1Api(configuration).createSelfSubjectAccessReview({ body }),
    );
    return review.status?.allowed === true;
  }

  #deleteOptions({ uid, resourceVersion, gracePeriodSeconds }: PodDeletion) {
    const { V1DeleteOptions, V1Preconditions } = this.library;
    return Object.assign(new V1DeleteOptions(), {
      preconditions: Object.assign(new V1Preconditions(), { uid, resourceVersion }),
      ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    });
  }

  #as(body: Patch, options: ConfigurationOptions): ConfigurationOptions {
    const { JsonPatch, MergePatch } = this.library.PatchStrategy;
    return this.library.setHeaderOptions('Content-Type', Array.isArray(body) ? JsonPatch : MergePatch, options);
  }

  /** An answer of another kind comes from something else at this address, and must not pass for one. */
  async #ask<Value extends { kind?: string }>(
    doing: string,
    kind: string | undefined,
    ask: Ask<Value>,
  ): Promise<Value> {
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(requestTimeoutMs)]);
    const about = { doing, server: this.config.getCurrentCluster()?.server ?? '', secrets: secretsIn(this.config) };
    try {
      const value = await ask(this.#configuration(signal), {});
      if (kind === undefined || value.kind === kind) return value;
    } catch (error) {
      throw failureOf(error, { ...about, isGivenUp: this.signal.aborted, isTooLate: signal.aborted, requestTimeoutMs });
    }
    throw failureOf(undefined, { ...about, isGivenUp: false, isTooLate: false, requestTimeoutMs });
  }

  #configuration(signal: AbortSignal): Configuration {
    const { createConfiguration, ServerConfiguration } = this.library;
    return createConfiguration({
      baseServer: new ServerConfiguration(this.config.getCurrentCluster()?.server ?? '', {}),
      authMethods: { default: this.config },
      promiseMiddleware: [
        {
          pre: async (context) => {
            context.setSignal(signal);
            return context;
          },
          post: async (context) => context,
        },
      ],
    });
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
