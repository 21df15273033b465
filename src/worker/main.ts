import { resolve } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { describeCluster } from '../client/cluster';
import { connect } from '../client/connect';
import { countActiveInjections } from '../client/count-active-injections';
import type { Config } from '../config';
import { freePorts } from '../embedded/free-port';
import { readOrMakeSealKey } from '../embedded/seal-key';
import { openStateDir } from '../embedded/state-dir';
import { EnvironmentFolder } from '../environments/environment-folder';
import { createMetrics } from '../metrics/metrics';
import { lazyStore } from '../store/lazy-store';
import { openConfiguredStore } from '../store/open-configured-store';
import { findCluster } from './find-cluster';
import { installRuntime } from './runtime';
import { serveMetrics } from './serve-metrics';
import { startWorker } from './start-worker';

/** What a worker's own process is told. */
export interface WorkerProcessOptions {
  config: Config;
  /** Those to serve; default all that have a valid file. */
  environments?: string[];
  /** Where `/metrics` listens; default loopback. */
  metricsHost?: string;
  /** Port of `/metrics`; default a free one. */
  metricsPort?: number;
  isVerbose?: boolean;
  log(line: string): void;
}

/** A worker that runs in this process. */
export interface WorkerProcess {
  environments: string[];
  temporalAddress: string;
  metricsUrl: string;
  /** Lets what is under way end, then leaves. */
  stop(): Promise<void>;
  /** Rejects when a worker fails. */
  ended: Promise<void>;
}

/** Runs the workers of one process against a cluster that runs already. */
export async function runWorker(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const { config, log } = options;
  const temporal = await findCluster(config);
  const { path: stateDir } = await openStateDir(config.stateDirectory);
  const [sdkPort = 0] = await freePorts(1);
  const sdkMetrics = `127.0.0.1:${sdkPort}`;
  installRuntime({ log, isVerbose: options.isVerbose ?? false, metricsAddress: sdkMetrics });
  const folder = new EnvironmentFolder(resolve(config.environmentsDirectory), catalogue, config.env);
  const environments = options.environments ?? folder.names();
  const connected = await connect(temporal);
  if (config.hasCluster) log(`Uses Temporal at ${describeCluster(temporal)}.`);
  const store = lazyStore(() => openConfiguredStore({ databaseUrl: config.databaseUrl, stateDir }));
  const sealKey = config.sealKey ?? (await readOrMakeSealKey(stateDir));
  const metrics = createMetrics(() => countActiveInjections(connected.client));
  const versioned = config.buildId === undefined ? {} : { buildId: config.buildId };
  const asked = { temporal, connected, folder, environments, sealKey, stateDir, metrics, log, ...versioned };
  const workers = await startWorker({ ...asked, store: async () => store });
  const served = await serveMetrics(metrics, { host: options.metricsHost, port: options.metricsPort }, sdkMetrics);
  return {
    environments,
    temporalAddress: temporal.address,
    metricsUrl: served.url,
    ended: workers.ended,
    async stop() {
      try {
        await workers.stop();
      } finally {
        served.close();
        await store.close();
        await connected.close();
      }
    },
  };
}
