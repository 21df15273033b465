import type { V1Deployment, V1ObjectMeta, V1Pod } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { KubernetesClient } from '../../faults/kubernetes/kubernetes-client';

/** Finds the Deployments behind pods; each ReplicaSet and Deployment is asked for once. */
export class PodOwners {
  readonly #replicaSets = new Map<string, Promise<string | undefined>>();
  readonly #deployments = new Map<string, Promise<V1Deployment | undefined>>();

  constructor(
    private readonly client: KubernetesClient,
    private readonly namespace: string,
  ) {}

  /** Undefined for a pod that belongs to anything but a Deployment. */
  async find({ metadata }: V1Pod): Promise<V1Deployment | undefined> {
    const replicaSet = ownerName(metadata, 'ReplicaSet');
    if (replicaSet === undefined) return undefined;
    const name = await once(this.#replicaSets, replicaSet, () => this.#deploymentNameOf(replicaSet));
    if (name === undefined) return undefined;
    return once(this.#deployments, name, () => this.client.findDeployment({ namespace: this.namespace, name }));
  }

  async #deploymentNameOf(name: string): Promise<string | undefined> {
    const replicaSet = await this.client.findReplicaSet({ namespace: this.namespace, name });
    return ownerName(replicaSet?.metadata, 'Deployment');
  }
}

function ownerName(metadata: V1ObjectMeta | undefined, kind: string): string | undefined {
  return metadata?.ownerReferences?.find((owner) => owner.kind === kind && owner.controller === true)?.name;
}

function once<Value>(known: Map<string, Promise<Value>>, key: string, ask: () => Promise<Value>): Promise<Value> {
  const asked = known.get(key) ?? ask();
  known.set(key, asked);
  return asked;
}
