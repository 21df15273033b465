import { readFileSync } from 'node:fs';
import type { DriverTools } from '../../src/domain/fault-driver';
import { eventually } from '../contract/eventually';
import { deployment } from '../fakes/kubernetes/manifests';
import { RawKubernetes, type RawReply } from '../fakes/kubernetes/raw-kubernetes';

const file = process.env.GAMEDAY_KIND_CLUSTER;
if (file === undefined) throw new Error('There is no cluster to test on: run these tests with npm run test:kind');
const { url, ca, token, observerToken } = JSON.parse(readFileSync(file, 'utf8'));

/** Somebody who looks on with Node alone and may do everything. */
export const raw = new RawKubernetes({ url, ca, token: observerToken });

/** Where the Deployments of the namespace are. */
export const deployments = '/apis/apps/v1/namespaces/shop/deployments';

/** Where the pods of the namespace are. */
export const pods = '/api/v1/namespaces/shop/pods';

/** What a driver is handed: an account that may do what deploy/kubernetes/rbac.yaml says and nothing else. */
export function tools(): DriverTools<unknown> {
  return {
    ...{ connection: { server: url, ca, token, deniedNamespaces: [] }, optedIn: [{ namespace: 'shop' }] },
    ...{ environment: 'kind', signal: AbortSignal.timeout(60_000), now: Date.now },
  };
}

/** A Deployment of its own for one test, settled. */
export async function deploy(name: string, replicas = 3): Promise<void> {
  const manifest = deployment('shop', name, { replicas, image: 'registry.k8s.io/pause:3.10' });
  const { status } = await raw.ask('POST', deployments, manifest);
  if (status !== 201) throw new Error(`deploying ${name}: ${status}`);
  await settled(name);
}

/** Waits until a Deployment has as many ready pods as it wants. */
export async function settled(name: string): Promise<void> {
  await eventually(`${name} settled`, 120_000, async () => {
    const { metadata, spec, status } = await raw.get(`${deployments}/${name}`);
    return status?.observedGeneration === metadata.generation && (status.readyReplicas ?? 0) === spec.replicas;
  });
}

/** The pods of a Deployment that are not on their way out. */
export async function livePods(name: string): Promise<RawReply['body'][]> {
  const { items } = await raw.get(`${pods}?labelSelector=app%3D${name}`);
  return items.filter(({ metadata }: RawReply['body']) => metadata.deletionTimestamp === undefined);
}
