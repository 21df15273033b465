import { resolve } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { answeredInTime } from '../api/ask';
import { connect, type ConnectedClient } from '../client/connect';
import { countActiveInjections } from '../client/count-active-injections';
import type { Gameday } from '../client/gameday';
import { readySearchAttributes } from '../client/search-attributes';
import { temporalGameday } from '../client/temporal-gameday';
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
import { freePorts, requireFreePort } from './free-port';
import type { ReachedTemporal } from './reach-temporal';
import { readOrMakeSealKey } from './seal-key';

/** Everything that runs in this process, and the cluster it runs on. */
export interface StartedParts {
  temporal: ReachedTemporal;
  /** The API once it listens. Errors: why it does not, while the workers go on. */
  serving: Promise<RunningServer>;
  /** Temporal's side of the product, whether or not the API listens. */
  readGameday(): Promise<Gameday>;
  folder: EnvironmentFolder;
  environments: string[];
  token: string;
  /** The id of the namespace: the home that our faults' tags name. */
  home: string;
  /** Rejects when a worker fails. */
  ended: Promise<void>;
  /** In this order: worker, then what is given, API, store, connection, Temporal. */
  stop(onceNobodyWorks: () => Promise<void>): Promise<void>;
}

/**
 * Starts worker, API and store as soon as Temporal answers. From the worker's start on experiments may go on: what fails
 * later is told by the parts, so that it can be wound down.
 */
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
  if (port !== undefined) await requireFreePort(port);
  const temporal = await reached;
  const connected = await connect(temporal.cluster);
  const home = await connected.readNamespaceId();
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
  const serving = startServer(asked, Promise.race([threadStarts, working]), place);
  serving.catch(() => undefined);
  const workers = await working;
  const running = { temporal, serving, workers, connected, closeStore: () => store.close() };
  const readGameday = () =>
    serving.then(
      ({ gameday }) => gameday,
      () => gamedayAlone(connected, sealKey),
    );
  const { ended } = workers;
  const stop = (then: () => Promise<void>) => stopParts(running, then);
  return { temporal, serving, readGameday, folder, environments, token, home, ended, stop };
}

async function gamedayAlone({ client, attributes }: ConnectedClient, sealKey: string): Promise<Gameday> {
  return temporalGameday(client, sealKey, await readySearchAttributes(attributes, () => undefined));
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
  serving: Promise<RunningServer>;
  workers: RunningWorkers;
  connected: ConnectedClient;
  closeStore(): Promise<void>;
}

/** Longer than the workers give what is under way; a part that does not end keeps none of the others from ending. */
const stopWithinMs = 30_000;

async function stopServer(serving: Promise<RunningServer>): Promise<void> {
  const server = await serving.catch(() => undefined);
  await server?.stop();
}

/** A part that fails to stop keeps none of the others from stopping; the first failure is thrown at the end. */
async function stopParts(running: Running, onceNobodyWorks: () => Promise<void>): Promise<void> {
  const { temporal, connected, serving, workers, closeStore } = running;
  const failures: unknown[] = [];
  const ways = [() => workers.stop(), onceNobodyWorks, () => stopServer(serving), closeStore, () => connected.close()];
  for (const stop of [...ways, () => temporal.stop()])
    await answeredInTime(stop(), stopWithinMs).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
