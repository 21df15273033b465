import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyFaultDriver, DriverTools } from '../../src/domain/fault-driver';
import { runInChild, type DriverSource } from './run-in-child';
import type { RawFault, Step, World } from './world';

const secret = 'planted-password-6f1c';
const markerName = /^([a-z0-9-]+)\.(\d+)\.(arming|armed|active)\.json$/;

/** A directory of markers, looked at with plain file reads. */
export async function openNoopWorld(driver: AnyFaultDriver, source: DriverSource): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), 'gameday-contract-'));
  const directory = join(home, 'markers');
  const aside = join(home, 'aside');
  const stepOn = (name: string, params = {}): Step => ({ target: { name }, params: { percent: 100, ...params } });
  const optedIn = [{ name: 'first' }, { name: 'second' }];
  const tools = (change: Partial<DriverTools<unknown>> = {}): DriverTools<unknown> => ({
    ...{ connection: { directory }, optedIn, environment: 'contract' },
    ...{ signal: AbortSignal.timeout(20_000), now: Date.now, ...change },
  });
  const rawFaults = async (): Promise<RawFault[]> =>
    (await listFiles(directory)).flatMap((file) => {
      const [, injectionId, , stage] = markerName.exec(file) ?? [];
      return injectionId === undefined ? [] : [{ injectionId, isActive: stage === 'active' }];
    });
  const reset = async () => {
    await rm(aside, { recursive: true, force: true });
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory);
  };
  return {
    ...{ driver, source, tools, rawFaults, reset, secrets: [secret], output: () => '' },
    ...{ step: stepOn('first'), otherStep: stepOn('second'), foreignStep: stepOn('third') },
    wideSteps: [{ step: stepOn('first', { percent: 80 }), targetsMax: 1, trafficPercentMax: 40 }],
    isInEffect: (step) => isMarked(directory, step),
    snapshot: () => snapshotOf(directory),
    tamper: async ({ injectionId, notAfter }) =>
      writeFile(join(directory, `${injectionId}.${Date.parse(notAfter)}.active.json`), '{"theirs":true}'),
    plant: ({ target }) => plant(directory, target),
    removeTarget: () => rm(directory, { recursive: true }),
    async cut() {
      await rename(directory, aside);
      await writeFile(directory, 'no directory at present');
    },
    async reconnect() {
      await rm(directory);
      await rename(aside, directory);
    },
    liveUntilWrite: (injection, killBeforeWrite) =>
      runInChild({
        ...source,
        injection,
        killBeforeWrite,
        tools: { connection: { directory }, optedIn, environment: 'contract' },
      }),
    temptations: async () => [tools({ connection: { directory, password: secret } })],
    close: () => rm(home, { recursive: true, force: true }),
  };
}

async function listFiles(directory: string): Promise<string[]> {
  return [...(await readdir(directory).catch(() => []))].sort();
}

async function snapshotOf(directory: string): Promise<string> {
  const files = await listFiles(directory);
  const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
  return JSON.stringify(files.map((file, index) => [file, texts[index]]));
}

async function isMarked(directory: string, { target }: Step): Promise<boolean> {
  const active = (await listFiles(directory)).filter((file) => markerName.exec(file)?.[3] === 'active');
  const texts = await Promise.all(active.map((file) => readFile(join(directory, file), 'utf8')));
  return texts.some((text) => text.includes(JSON.stringify(target)));
}

async function plant(directory: string, target: unknown): Promise<void> {
  const name = String(Object(target).name);
  const [at, notAfterMs] = [new Date().toISOString(), Date.now() + 60_000];
  const other = {
    ...{ injectionId: 'elsewhere-1-1', experimentId: 'elsewhere', fault: 'noop/nothing', environment: 'elsewhere' },
    ...{ lockKey: `noop:${name}`, home: 'another-home', params: {}, originals: {}, preparedAt: at, hardStopAt: at },
    targets: [{ identity: `noop:${name}`, lockKey: `noop:${name}`, description: name, facts: { name } }],
    ...{ notAfter: new Date(notAfterMs).toISOString(), leaseMs: 15_000 },
  };
  await writeFile(join(directory, `elsewhere-1-1.${notAfterMs}.active.json`), JSON.stringify(other));
}
