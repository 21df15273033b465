import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeCluster, type Cluster } from '../client/cluster';
import { searchAttributeNames } from '../client/search-attribute-names';
import type { Config } from '../config';
import { findCluster, idleVariables, localCluster } from '../worker/find-cluster';
import { findTemporal } from './find-temporal';
import { keepTemporal, type KeptTemporal } from './keep-temporal';
import { describeStateDir } from './state-dir';
import type { StartTemporalOptions } from './temporal-options';
import { startTemporal } from './temporal-server';

/**
 * A cluster that answers. The local server is started again when it ends, and `stop` ends it; one that somebody else runs is
 * left alone.
 */
export interface ReachedTemporal extends KeptTemporal {
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
  return startKept({ stateDir, binary: found.path, namespace: 'default', searchAttributes, ...listeners });
}

async function startKept(options: StartTemporalOptions): Promise<ReachedTemporal> {
  const first = await startTemporal(options);
  const port = Number(first.address.split(':').at(-1));
  // The keeper tells what happens in its own words.
  const again = { ...options, port, log: () => undefined };
  const keeping = { restart: () => startTemporal(again), log: options.log, advice: adviceFor(options.stateDir) };
  return Object.assign(keepTemporal(first, keeping), { cluster: localCluster(first.address) });
}

/** What a person needs to know when it cannot be brought back. */
function adviceFor(stateDir: string): string {
  const { temporalDatabase, temporalLog } = describeStateDir(stateDir);
  return (
    `Every experiment stays in ${temporalDatabase}, and the next "gameday up" goes on with it; its log ${temporalLog} says ` +
    'why it ended; "gameday faults" asks the targets, and what is left there is removed by the sentinel when its time is over.'
  );
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
  const failed = new Promise<never>(() => undefined);
  return {
    address: cluster.address,
    cluster,
    adopted: true,
    failed,
    letGo: () => undefined,
    isGone: async () => false,
    stop: async () => undefined,
  };
}
