import { randomUUID } from 'node:crypto';
import type { AnyFaultDriver, DriverTools } from '../../src/domain/fault-driver';
import { server } from '../harness/servers';
import { startControlProxy } from './control-proxy';
import { startHostileControl } from './hostile-control';
import { runInChild, type DriverSource } from './run-in-child';
import { connectionSymptoms } from './toxiproxy-symptoms';
import { RawToxiproxy } from './toxiproxy-raw';
import type { Step, World } from './world';

const secret = 'planted-password-4d0e';

/** Three proxies of their own at the real Toxiproxy before the real Redis; our way to Toxiproxy's API can be cut. */
export async function openToxiproxyWorld(driver: AnyFaultDriver, source: DriverSource): Promise<World> {
  const symptom = connectionSymptoms[driver.kind];
  if (symptom === undefined) throw new Error(`no symptom is known for ${driver.kind}`);
  const [{ port: apiPort }, redis] = await Promise.all([server('toxiproxy'), server('redis')]);
  const ours = randomUUID().slice(0, 8);
  const [first, second, third] = [`first-${ours}`, `second-${ours}`, `third-${ours}`] as const;
  const raw = new RawToxiproxy(apiPort, [first, second, third]);
  const proxy = await startControlProxy(() => apiPort);
  const hostile = await Promise.all([200, 302, 400, 404, 500].map(startHostileControl));
  const connection = { url: `http://127.0.0.1:${proxy.port}` };
  const optedIn = [{ proxy: first }, { proxy: second }];
  const tools = (change: Partial<DriverTools<unknown>> = {}): DriverTools<unknown> => ({
    ...{ connection, optedIn, environment: 'contract', signal: AbortSignal.timeout(30_000), now: Date.now, ...change },
  });
  const stepOn = (proxy: string, params = {}): Step => ({
    target: { proxy, stream: 'downstream' },
    params: { ...symptom.params, ...params },
  });
  const planted = { name: 'gd-elsewhere-1-1.latency.zzz.AAAA', type: 'latency', stream: 'downstream', toxicity: 1 };
  return {
    ...{ driver, source, tools, secrets: [secret], output: () => '' },
    ...{ step: stepOn(first), otherStep: stepOn(second), foreignStep: stepOn(third) },
    wideSteps: [{ step: stepOn(first, { percent: 10 }), targetsMax: 1, trafficPercentMax: 40 }],
    isInEffect: async () => raw.listenPort(first).then(symptom.isFelt, () => false),
    rawFaults: () => raw.faults(),
    snapshot: async () => JSON.stringify(await raw.proxies()),
    tamper: ({ injectionId }) => raw.tamper(injectionId),
    plant: async () => void (await raw.granted('POST', `/proxies/${first}/toxics`, { ...planted, attributes: {} })),
    removeTarget: () => raw.remove([first]),
    async cut() {
      proxy.isCut = true;
    },
    async reconnect() {
      proxy.isCut = false;
    },
    liveUntilWrite(injection, number) {
      const life = { ...source, injection, tools: { connection, optedIn, environment: 'contract' } };
      proxy.writes = 0;
      return runInChild(life, (kill) => {
        proxy.beforeWrite = (count) => {
          if (count === number) kill();
          return count < number;
        };
      }).finally(() => (proxy.beforeWrite = () => true));
    },
    temptations: async () =>
      [`http://someone:${secret}@127.0.0.1:1`, ...[1, ...hostile.map(({ port }) => port)].map(loopback)].map((url) =>
        tools({ connection: { url } }),
      ),
    async reset() {
      proxy.isCut = false;
      await raw.recreate(redis.port);
    },
    async close() {
      for (const one of [proxy, ...hostile]) one.close();
      await raw.remove();
    },
  };
}

const loopback = (port: number) => `http://127.0.0.1:${port}`;
