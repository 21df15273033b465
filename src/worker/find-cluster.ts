import type { Cluster } from '../client/cluster';
import { ClusterError } from '../client/cluster-error';
import type { Config } from '../config';
import { describeStateDir } from '../embedded/state-dir';
import { readLiveTemporal } from '../embedded/temporal-note';

/**
 * Where this process finds Temporal: the cluster that the environment names, or the local server that runs in its state
 * directory. Errors: ClusterError.
 */
export async function findCluster(config: Pick<Config, 'hasCluster' | 'stateDirectory' | 'env'>): Promise<Cluster> {
  if (config.hasCluster) return (await import('../client/read-cluster.js')).readCluster(config.env);
  const note = await readLiveTemporal(describeStateDir(config.stateDirectory).temporalNote);
  if (note) return localCluster(`127.0.0.1:${note.port}`);
  const why = `no cluster is named, and no local server runs in ${config.stateDirectory}`;
  throw new ClusterError('Could not find Temporal', why, help);
}

const help =
  'Set TEMPORAL_ADDRESS, TEMPORAL_CONFIG_FILE or TEMPORAL_PROFILE, or run this in the folder in which "gameday up" was started.';

/** Variables that say how to reach a cluster while none is named; they have no effect on the local server. */
export function idleVariables({ hasCluster, env }: Pick<Config, 'hasCluster' | 'env'>): string[] {
  if (hasCluster) return [];
  return Object.keys(env).filter((name) => env[name] && /^TEMPORAL_(NAMESPACE|API_KEY|TLS|GRPC_META)/.test(name));
}

/** The server that Gameday starts itself: on loopback, in its default namespace. */
export function localCluster(address: string): Cluster {
  return { address, namespace: 'default' };
}
