import { resolve } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { describeCluster } from '../client/cluster';
import { connect } from '../client/connect';
import { countActiveInjections } from '../client/count-active-injections';
import type { Config } from '../config';
import { readOrMakeSealKey } from '../embedded/seal-key';
import { openStateDir } from '../embedded/state-dir';
import { EnvironmentFolder } from '../environments/environment-folder';
import { createMetrics } from '../metrics/metrics';
import { ensureLocalToken } from '../people/local-token';
import { lazyStore } from '../store/lazy-store';
import { openConfiguredStore } from '../store/open-configured-store';
import { findCluster } from '../worker/find-cluster';
import { startServer } from './start-server';

/** What a server's own process is told. */
export interface ServerProcessOptions {
  config: Config;
  host?: string;
  /** Default a free one. */
  port?: number;
  log(line: string): void;
}

/** A server that runs in this process. */
export interface ServerProcess {
  url: string;
  /** The local owner's token. */
  token: string;
  temporalAddress: string;
  stop(): Promise<void>;
}

/** Runs the HTTP API in this process against a cluster that runs already. */
export async function runServer({ config, host, port, log }: ServerProcessOptions): Promise<ServerProcess> {
  const cluster = await findCluster(config);
  const { path: stateDir } = await openStateDir(config.stateDirectory);
  const token = await ensureLocalToken(stateDir, new Date(), config.peopleFile);
  const folder = new EnvironmentFolder(resolve(config.environmentsDirectory), catalogue, config.env);
  const connected = await connect(cluster);
  if (config.hasCluster) log(`Uses Temporal at ${describeCluster(cluster)}.`);
  const store = lazyStore(() => openConfiguredStore({ databaseUrl: config.databaseUrl, stateDir }));
  const sealKey = config.sealKey ?? (await readOrMakeSealKey(stateDir));
  const where = { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
  const metrics = createMetrics(() => countActiveInjections(connected.client));
  const server = await startServer({
    peopleFile: config.peopleFile,
    connected,
    folder,
    store,
    sealKey,
    stateDir,
    metrics,
    log,
    ...where,
  });
  return {
    url: server.url,
    token,
    temporalAddress: cluster.address,
    async stop() {
      await server.stop();
      await store.close();
      await connected.close();
    },
  };
}
