import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeCluster, type Cluster } from '../client/cluster';
import { searchAttributeNames } from '../client/search-attribute-names';
import type { Config } from '../config';
import { findCluster, idleVariables, localCluster } from '../worker/find-cluster';
import { findTemporal } from './find-temporal';
import { startTemporal, type RunningTemporal } from './temporal-server';

/** A cluster that answers; `stop` ends the local server, and leaves one that somebody else runs alone. */
export interface ReachedTemporal extends Pick<RunningTemporal, 'address' | 'uiUrl' | 'stop'> {
  cluster: Cluster;
}

/** A cluster that is being reached. */
export interface ReachingTemporal {
  /** Resolves when only waiting is left: the server's process runs, or there is nothing to start. */
  underWay: Promise<void>;
  /** Resolves when it answers. Errors: why there is none. */
  reached: Promise<ReachedTemporal>;
}

/** Begins to reach the cluster that the configuration names, else the local server of the state directory. */
export function reachTemporal(config: Config, stateDir: string, log: (line: string) => void): ReachingTemporal {
  let tell: () => void = () => undefined;
  const spawned = new Promise<void>((resolve) => (tell = resolve));
  const reached = reach(config, stateDir, { log, onSpawned: tell });
  const settled = reached.then(
    () => undefined,
    () => undefined,
  );
  return { underWay: Promise.race([spawned, settled]), reached };
}

interface Listeners {
  log(line: string): void;
  onSpawned(): void;
}

async function reach(config: Config, stateDir: string, listeners: Listeners): Promise<ReachedTemporal> {
  if (config.hasCluster) return reachCluster(config, listeners);
  tellIdle(config, listeners.log);
  const found = await findTemporal({
    searchPath: config.path,
    cacheDir: join(config.cacheDirectory, '..'),
    temporaryDir: tmpdir(),
    log: listeners.log,
    ...(config.temporalCliPath === undefined ? {} : { cliPath: config.temporalCliPath }),
  });
  const searchAttributes = Object.fromEntries(searchAttributeNames.map((name) => [name, 'Keyword' as const]));
  const started = await startTemporal({
    ...{ stateDir, binary: found.path, namespace: 'default', searchAttributes },
    ...listeners,
  });
  return { ...started, cluster: localCluster(started.address) };
}

/** Somebody who set them expects their cluster: that they get another one must not go unseen. */
function tellIdle(config: Config, log: (line: string) => void): void {
  const names = idleVariables(config);
  if (names.length === 0) return;
  log(
    `${names.join(', ')}: set, but no cluster is named, so a local Temporal is used. Name one with TEMPORAL_ADDRESS or TEMPORAL_PROFILE.`,
  );
}

async function reachCluster(config: Config, { log }: Listeners): Promise<ReachedTemporal> {
  const cluster = await findCluster(config);
  log(`Uses Temporal at ${describeCluster(cluster)}.`);
  return { address: cluster.address, cluster, stop: async () => undefined };
}
