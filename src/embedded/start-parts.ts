import { resolve } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { answeredInTime } from '../api/ask';
import { connect, type ConnectedClient } from '../client/connect';
import { countActiveInjections } from '../client/count-active-injections';
import type { Config } from '../config';
import { EnvironmentFolder } from '../environments/environment-folder';
import { createMetrics } from '../metrics/metrics';
import { ensureLocalToken } from '../people/local-token';
import type { RunningServer, ServerStart } from '../server/start-server';
import { lazyStore } from '../store/lazy-store';
import { loadStoreEngine, openConfiguredStore, type StorePlace } from '../store/open-configured-store';
import { installRuntime } from '../worker/runtime';
import { startWorker, type WorkerStart } from '../worker/start-worker';
import type { RunningWorkers } from '../worker/workers';
import type { BringUpOptions } from './bring-up';
import { freePorts } from './free-port';
import type { ReachedTemporal } from './reach-temporal';
import { readOrMakeSealKey } from './seal-key';

/** Everything that runs in this process, and the cluster it runs on. */
export interface StartedParts {
  temporal: ReachedTemporal;
  server: RunningServer;
  folder: EnvironmentFolder;
  environments: string[];
  token: string;
  /** The id of the namespace: the home that our faults' tags name. */
  readHome(): Promise<string>;
  /** Rejects when a worker fails. */
  ended: Promise<void>;
  /** In this order: worker, then what is given, API, store, connection, Temporal. */
  stop(onceNobodyWorks: () => Promise<void>): Promise<void>;
}

/** Starts worker, API and store as soon as Temporal answers. */
export async function startParts(
  options: BringUpOptions,
  stateDir: string,
  reached: Promise<ReachedTemporal>,
): Promise<StartedParts> {
  const { config, log, port } = options;
  const { peopleFile } = config;
  const folder = new EnvironmentFolder(resolve(config.environmentsDirectory), catalogue, config.env);
  const environments = options.environments ?? folder.names();
  const sdkMetricsAddress = await prepareSdk(options);
  const token = await ensureLocalToken(stateDir, new Date(), peopleFile);
  const sealKey = config.sealKey ?? (await readOrMakeSealKey(stateDir));
  const temporal = await reached;
  const connected = await connect(temporal.cluster);
  const place = { databaseUrl: config.databaseUrl, stateDir };
  const store = lazyStore(() => openConfiguredStore(place));
  const metrics = createMetrics(() => countActiveInjections(connected.client));
  const shared = { connected, folder, sealKey, stateDir, metrics, log };
  const asked = { ...shared, peopleFile, store, sdkMetricsAddress, ...(port === undefined ? {} : { port }) };
  const threadStarts = nextThread();
  const working = startWorker({
    ...shared,
    ...{ temporal: temporal.cluster, environments, store: async () => store },
    ...versionOf(config),
  });
  const [workers, server] = await Promise.all([
    working,
    startServer(asked, Promise.race([threadStarts, working]), place),
  ]);
  const running = { temporal, server, workers, connected, closeStore: () => store.close() };
  const readHome = () => connected.readNamespaceId();
  const { ended } = workers;
  return { temporal, server, folder, environments, token, readHome, ended, stop: (then) => stopParts(running, then) };
}

/** The SDK takes its configuration once per process, before anything else touches it. */
async function prepareSdk({ log, isVerbose = false }: BringUpOptions): Promise<string> {
  const [port = 0] = await freePorts(1);
  const metricsAddress = `127.0.0.1:${port}`;
  installRuntime({ log, isVerbose, metricsAddress });
  return metricsAddress;
}

/** Resolves when this process starts a thread. */
function nextThread(): Promise<void> {
  return new Promise((resolve) => process.once('worker', () => resolve()));
}

// The thread of the workflows loads the SDK once more, for as long as this process needs for the API: both at once.
async function startServer(asked: ServerStart, mayLoad: Promise<unknown>, place: StorePlace): Promise<RunningServer> {
  await mayLoad;
  const server = await (await import('../server/start-server.js')).startServer(asked);
  await loadStoreEngine(place);
  return server;
}

function versionOf({ buildId }: Config): Pick<WorkerStart, 'buildId'> {
  return buildId === undefined ? {} : { buildId };
}

interface Running {
  temporal: ReachedTemporal;
  server: RunningServer;
  workers: RunningWorkers;
  connected: ConnectedClient;
  closeStore(): Promise<void>;
}

/** Longer than the workers give what is under way; a part that does not end keeps none of the others from ending. */
const stopWithinMs = 30_000;

/** A part that fails to stop keeps none of the others from stopping; the first failure is thrown at the end. */
async function stopParts(running: Running, onceNobodyWorks: () => Promise<void>): Promise<void> {
  const { temporal, connected, server, workers, closeStore } = running;
  const failures: unknown[] = [];
  const ways = [() => workers.stop(), onceNobodyWorks, () => server.stop(), closeStore, () => connected.close()];
  for (const stop of [...ways, () => temporal.stop()])
    await answeredInTime(stop(), stopWithinMs).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
