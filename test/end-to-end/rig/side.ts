import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { startControlProxy } from '../../contract/control-proxy';
import { rawHttp } from '../../contract/raw-http';
import { typescriptArguments } from '../../contract/target-process';
import { Restartable } from './restartable';

/** One kind of fault on a target of its own, and what the target says of it to somebody who knows no driver. */
export interface Side {
  name: string;
  lockKey: string;
  /** The step of a scenario, without how long it is held. */
  step: string;
  /** Base address of the application that is probed. */
  appUrl: string;
  /** Lines of the environment file. */
  connections: string;
  targets: string;
  /** Ids of the faults that are in effect, from the target alone. */
  faults(): Promise<string[]>;
  /** From now on nothing of ours reaches the target. */
  cut(): Promise<void>;
  /** From now on a survey waits until our client gives up, after two seconds; where being cut off would end it at once. */
  stall?(): Promise<void>;
  /** Ends either. */
  reconnect(): Promise<void>;
  /** From now on the target can be looked at and nothing can be removed from it. */
  jam(): Promise<void>;
  unjam(): Promise<void>;
  close(): Promise<void>;
}

const token = 'the-token-of-a-target';
const contract = resolve(__dirname, '../../contract');

/** A small real application in a process of its own. */
export interface App {
  port: number;
  control: number;
  process: Restartable;
}

/** Starts one that answers whether or not the fault is there. */
export async function startApp(service: string): Promise<App> {
  const args = typescriptArguments(relative(contract, require.resolve('./tolerant-app')));
  const app = new Restartable({
    name: service,
    command: process.execPath,
    args: [...args, JSON.stringify({ service, token })],
    isReady: (said) => said.endsWith('\n'),
  });
  await app.start();
  return { ...JSON.parse(app.output), process: app };
}

/** A fault point in a real application, asked over plain HTTP; our own way to its control can be cut. */
export async function openSdkSide(): Promise<Side> {
  const app = await startApp('payment');
  const proxy = await startControlProxy(() => app.control);
  return {
    name: 'sdk',
    lockKey: 'sdk:payment',
    step: 'inject: sdk/error\n    target: { service: payment, point: charge }\n    with: { status: 503, percent: 100 }',
    appUrl: `http://127.0.0.1:${app.port}`,
    connections: `sdk: { payment: { url: 'http://127.0.0.1:${proxy.port}', token: { env: TARGET_TOKEN } } }`,
    targets: 'sdk: [{ service: payment, points: [charge] }]',
    async faults() {
      const { rules } = JSON.parse((await rawHttp(app.control, 'GET', '/v1/rules', token)).text);
      return rules.flatMap((rule: { id: string; state: string }) => (rule.state === 'active' ? [rule.id] : []));
    },
    cut: async () => void (proxy.isCut = true),
    stall: async () => void (proxy.isSilent = true),
    reconnect: async () => void (proxy.isCut = proxy.isSilent = false),
    jam: async () => void (proxy.beforeWrite = () => false),
    unjam: async () => void (proxy.beforeWrite = () => true),
    async close() {
      proxy.close();
      await app.process.kill();
    },
  };
}

/** A directory of marker files, listed by name, beside an application that nothing happens to. */
export async function openNoopSide(home: string): Promise<Side> {
  const app = await startApp('bystander');
  const [directory, aside] = [join(home, 'markers'), join(home, 'aside')];
  await mkdir(directory);
  let isCut = false;
  return {
    name: 'noop',
    lockKey: 'noop:anything',
    step: 'inject: noop/nothing\n    target: { name: anything }',
    appUrl: `http://127.0.0.1:${app.port}`,
    connections: `noop: { directory: '${directory}' }`,
    targets: 'noop: [{ name: anything }]',
    faults: async () =>
      (await readdir(isCut ? aside : directory)).flatMap((file) => /^(.*)\.\d+\.active\.json$/.exec(file)?.[1] ?? []),
    async cut() {
      await rename(directory, aside);
      isCut = true;
      await writeFile(directory, 'no directory at present');
    },
    async reconnect() {
      await rm(directory);
      await rename(aside, directory);
      isCut = false;
    },
    // A folder under the name of a draft: a rollback wants to remove the draft first, and cannot.
    async jam() {
      const [marker = ''] = await readdir(directory);
      await mkdir(join(directory, marker.replace('active', 'arming')));
    },
    async unjam() {
      for (const file of await readdir(directory)) if (file.includes('.arming.')) await rmdir(join(directory, file));
    },
    close: () => app.process.kill(),
  };
}

/** What the targets' tokens are called in the processes' environment. */
export const targetEnvironment = { TARGET_TOKEN: token };
