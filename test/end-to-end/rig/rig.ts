import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePorts } from '../../../src/embedded/free-port';
import { addToken } from '../../../src/people/manage-tokens';
import { peopleFileOf } from '../../../src/people/people-file';
import { rawHttp } from '../../contract/raw-http';
import { ApiClient } from './api-client';
import { Restartable, type ProcessPlan } from './restartable';
import { openNoopSide, openSdkSide, targetEnvironment, type Side } from './side';
import { openTemporal, type TemporalProcess } from './temporal-process';

/** Gameday as separate processes, with two targets: each part can be killed and started again. */
export interface Rig {
  home: string;
  temporal: TemporalProcess;
  worker: Restartable;
  server: Restartable;
  sentinel: Restartable;
  sides: Side[];
  api: ApiClient;
  /** Another person's way to the API. */
  addPerson(name: string, group: string): Promise<ApiClient>;
  /** Ends every process; rejects when one of them had already ended by itself. */
  close(): Promise<void>;
}

/** Starts one target; `home` is a folder of the rig. */
export type OpenSide = (home: string) => Promise<Side>;

const cli = resolve(__dirname, '../../../dist/src/cli/main.js');

/** Starts everything; the environments are called after their side, and each has a twin that shares its target. */
export async function openRig(openSides: OpenSide[] = [openSdkSide, openNoopSide]): Promise<Rig> {
  const home = await mkdtemp(join(tmpdir(), 'gameday-survival-'));
  const [temporal, ...sides] = await Promise.all([openTemporal(home), ...openSides.map((open) => open(home))]);
  const parts = await prepareParts(home, temporal);
  const { worker, server, sentinel } = parts;
  const all = [worker, server, sentinel, temporal.process];
  const close = async () => {
    const ended = all.flatMap(({ lastWords }) => lastWords ?? []);
    await Promise.all(all.map((one) => one.kill()));
    await Promise.all(sides.map((side) => side.close()));
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
    if (ended.length > 0) throw new Error(`ended by itself: ${ended.join('\n')}`);
  };
  try {
    writeEnvironments(home, sides);
    await Promise.all([sentinel.start(), server.start(), worker.start()]);
    return { home, temporal, worker, server, sentinel, sides, ...ways(home, parts.url), close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

function ways(home: string, url: string): Pick<Rig, 'api' | 'addPerson'> {
  const stateDir = join(home, 'state');
  return {
    api: new ApiClient(url, readFileSync(join(stateDir, 'token'), 'utf8').trim()),
    addPerson: async (name, group) =>
      new ApiClient(url, await addToken(peopleFileOf(stateDir), { name, groups: [group] }, new Date())),
  };
}

async function prepareParts(home: string, { address, binary }: TemporalProcess) {
  const [port = 0, sentinelPort = 0] = await freePorts(2);
  const env = {
    ...targetEnvironment,
    ...{ TEMPORAL_ADDRESS: address, TEMPORAL_CLI_PATH: binary, NO_COLOR: '1' },
    ...{ GAMEDAY_STATE_DIR: join(home, 'state'), GAMEDAY_ENVIRONMENTS: join(home, 'environments') },
  };
  const part = (name: string, isReady: ProcessPlan['isReady'], ...args: string[]) =>
    new Restartable({ name, command: process.execPath, args: [cli, name, ...args], env, isReady });
  return {
    url: `http://127.0.0.1:${port}`,
    worker: part('worker', (said) => said.includes('worker is ready')),
    server: part('server', (said) => said.includes('server is ready'), '--port', String(port)),
    sentinel: part('sentinel', () => answers(sentinelPort), '--port', String(sentinelPort)),
  };
}

async function answers(port: number): Promise<boolean> {
  return rawHttp(port, 'GET', '/health').then(
    ({ status }) => status === 200,
    () => false,
  );
}

function writeEnvironments(home: string, sides: Side[]): void {
  mkdirSync(join(home, 'environments'));
  for (const side of sides)
    for (const name of [side.name, `${side.name}-twin`])
      writeFileSync(join(home, 'environments', `${name}.yaml`), environmentFile(name, side));
}

function environmentFile(name: string, side: Side): string {
  return `kind: environment
name: ${name}
endpoints: { app: '${side.appUrl}' }
connections:
  ${side.connections}
targets:
  ${side.targets}
limits: { targetsMax: 1, trafficPercentMax: 100, injectionMax: 10m, concurrentExperimentsMax: 1, concurrentInjectionsMax: 1 }
`;
}
