import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { connect, type ConnectedClient } from '../client/connect';
import { searchAttributeNames } from '../client/search-attribute-names';
import type { Config } from '../config';
import { EnvironmentFolder } from '../environments/environment-folder';
import { createMetrics } from '../metrics/metrics';
import { ensureLocalToken } from '../people/local-token';
import { startServer, type RunningServer } from '../server/start-server';
import { lazyStore } from '../store/lazy-store';
import { openStore } from '../store/open-store';
import { installRuntime } from '../worker/runtime';
import { startWorker } from '../worker/start-worker';
import type { RunningWorkers } from '../worker/workers';
import { findTemporal } from './find-temporal';
import { freePorts } from './free-port';
import {
  describeProcess,
  readLiveProcess,
  removeProcessNote,
  writeProcessNote,
  type ProcessNote,
} from './process-note';
import { readOrMakeSealKey } from './seal-key';
import { spawnSentinel } from './spawn-sentinel';
import { openStateDir } from './state-dir';
import { startTemporal, type RunningTemporal } from './temporal-server';
import { windDown, type Remaining, type WindDownOptions } from './wind-down';

/** How the embedded everything is brought up. */
export interface BringUpOptions {
  config: Config;
  /** Those to serve; default all that have a valid file. */
  environments?: string[];
  /** Port of the API; default a free one. */
  port?: number;
  isVerbose?: boolean;
  log(line: string): void;
}

/** The embedded everything while it runs. */
export interface Up {
  url: string;
  token: string;
  temporalAddress: string;
  temporalUiUrl?: string;
  stateDir: string;
  environments: string[];
  /** What would be left behind by leaving right now. */
  remaining(): Promise<Remaining[]>;
  /** Ends everything in order: rollbacks seen through, then worker, API and Temporal. */
  stop(options?: WindDownOptions): Promise<void>;
}

/** Thrown when another one runs in the same folder. */
export class AlreadyUp extends Error {
  constructor(readonly note: ProcessNote) {
    super(`Gameday already runs in this folder at ${note.url ?? 'an unknown address'} (process ${note.pid})`);
    this.name = 'AlreadyUp';
  }
}

/** Name of the note of a running one in the state directory. */
export const upNote = 'up.json';

/** Starts Temporal, sentinel, worker, API and store on loopback; throws AlreadyUp when they run here already. */
export async function bringUp(options: BringUpOptions): Promise<Up> {
  const { config, log } = options;
  const { path: stateDir } = await openStateDir(config.stateDirectory);
  const running = await readLiveProcess(join(stateDir, upNote));
  if (running) throw new AlreadyUp(running);
  const [sdkPort = 0] = await freePorts(1);
  const sdkMetricsAddress = `127.0.0.1:${sdkPort}`;
  installRuntime({ log, isVerbose: options.isVerbose ?? false, metricsAddress: sdkMetricsAddress });
  const folder = new EnvironmentFolder(resolve(config.environmentsDirectory), catalogue, config.env);
  const environments = options.environments ?? folder.names();
  const [temporal, token, sealKey] = await Promise.all([
    reachTemporal(config, stateDir, log),
    ensureLocalToken(stateDir, new Date(), config.peopleFile),
    config.sealKey ?? readOrMakeSealKey(stateDir),
    spawnSentinel({ stateDir, environmentsDirectory: folder.directory, env: config.env }),
  ]);
  const where = { address: temporal.address, namespace: 'default' };
  const connected = await connect(where);
  const store = lazyStore(() => openStore({ file: join(stateDir, 'evidence.db') }));
  const shared = { connected, folder, sealKey, stateDir, sdkMetricsAddress, metrics: createMetrics(), log };
  const [server, workers] = await Promise.all([
    startServer({
      ...shared,
      peopleFile: config.peopleFile,
      store,
      ...(options.port === undefined ? {} : { port: options.port }),
    }),
    startWorker({ ...shared, temporal: where, environments, store: async () => store, ...versionOf(config) }),
  ]);
  const note = await describeProcess(process.pid, { url: server.url });
  await writeProcessNote(join(stateDir, upNote), note);
  const parts: Parts = { temporal, connected, server, workers, closeStore: () => store.close() };
  return {
    url: server.url,
    token,
    temporalAddress: temporal.address,
    ...(temporal.uiUrl === undefined ? {} : { temporalUiUrl: temporal.uiUrl }),
    stateDir,
    environments,
    remaining: () => windDown(server.gameday, folder).remaining(),
    stop: async (how) => {
      await windDown(server.gameday, folder).seeThrough(how ?? {});
      await stopParts(parts);
      await removeProcessNote(join(stateDir, upNote), note);
    },
  };
}

interface Parts {
  temporal: Pick<RunningTemporal, 'stop'>;
  connected: ConnectedClient;
  server: RunningServer;
  workers: RunningWorkers;
  closeStore(): Promise<void>;
}

async function stopParts({ temporal, connected, server, workers, closeStore }: Parts): Promise<void> {
  await workers.stop();
  await server.stop();
  await closeStore();
  await connected.close();
  await temporal.stop();
}

function versionOf({ buildId }: Config): { buildId?: string } {
  return buildId === undefined ? {} : { buildId };
}

type Reached = Pick<RunningTemporal, 'address' | 'uiUrl' | 'stop'>;

/** A cluster that somebody else runs is used and never stopped. */
async function reachTemporal(config: Config, stateDir: string, log: (line: string) => void): Promise<Reached> {
  if (config.temporalAddress !== undefined) return { address: config.temporalAddress, stop: async () => undefined };
  const found = await findTemporal({
    searchPath: config.path,
    cacheDir: join(config.cacheDirectory, '..'),
    temporaryDir: tmpdir(),
    log,
    ...(config.temporalCliPath === undefined ? {} : { cliPath: config.temporalCliPath }),
  });
  const searchAttributes = Object.fromEntries(searchAttributeNames.map((name) => [name, 'Keyword' as const]));
  return startTemporal({ stateDir, binary: found.path, namespace: 'default', searchAttributes, log });
}
