import type { DriverTools } from '../../../src/domain/fault-driver';
import { KubernetesClient } from './kubernetes-client';
import { loadLibrary } from './library';
import { readKubeconfig } from './read-kubeconfig';
import { Requests } from './requests';
import type { KubernetesConnection } from './system';

/** A client for one call of a driver. */
export async function connect({ connection, signal }: DriverTools<KubernetesConnection>): Promise<KubernetesClient> {
  const library = await loadLibrary();
  return new KubernetesClient(new Requests(library, readKubeconfig(library, connection), signal));
}
