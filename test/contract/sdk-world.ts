import type { AnyFaultDriver, DriverTools } from '../../src/domain/fault-driver';
import { startControlProxy } from './control-proxy';
import { startHostileControl } from './hostile-control';
import { RawControl } from './raw-control';
import { runInChild, type DriverSource } from './run-in-child';
import { secondBounds, symptoms } from './symptoms';
import { startTarget } from './target-process';
import type { Step, World } from './world';

const token = 'planted-token-93ab';
const wrongToken = 'planted-wrong-token-51cd';
const first = { service: 'payment', points: ['charge', 'refund'], token };
const second = { service: 'catalogue', points: ['list'], token, bounds: secondBounds };

/** Two applications in processes of their own; the way to the first one's fault control can be cut. */
export async function openSdkWorld(driver: AnyFaultDriver, source: DriverSource): Promise<World> {
  const symptom = symptoms[driver.kind];
  if (symptom === undefined) throw new Error(`no symptom is known for ${driver.kind}`);
  let payment = await startTarget(first);
  const catalogue = await startTarget(second);
  const proxy = await startControlProxy(() => payment.control);
  const hostile = await Promise.all([200, 302, 401, 422, 500].map(startHostileControl));
  const raw = () => [new RawControl(payment, token), new RawControl(catalogue, token)] as const;
  const at = (port: number, word = token) => ({ url: `http://127.0.0.1:${port}`, token: word });
  const connection = { payment: at(proxy.port), catalogue: at(catalogue.control) };
  const optedIn = [
    { service: 'payment', points: ['charge'] },
    { service: 'catalogue', points: ['list'] },
  ];
  const tools = (change: Partial<DriverTools<unknown>> = {}): DriverTools<unknown> => ({
    ...{ connection, optedIn, environment: 'contract', signal: AbortSignal.timeout(30_000), now: Date.now, ...change },
  });
  const stepOn = (service: string, point: string, params = symptom.params): Step => ({
    target: { service, point },
    params,
  });
  const restart = async () => {
    await payment.kill();
    payment = await startTarget(first);
  };
  return {
    ...{ driver, source, tools, secrets: [token, wrongToken] },
    step: stepOn('payment', 'charge'),
    otherStep: stepOn('catalogue', 'list', { ...symptom.params, ...symptom.within }),
    foreignStep: stepOn('payment', 'refund'),
    wideSteps: [
      { step: stepOn('payment', 'charge', { ...symptom.params, percent: 80 }), targetsMax: 1, trafficPercentMax: 40 },
      { step: stepOn('catalogue', 'list', symptom.beyondBounds), targetsMax: 1, trafficPercentMax: 100 },
    ],
    isInEffect: async () => symptom.isFelt(await raw()[0].call('charge', symptom.calls)),
    rawFaults: async () => (await Promise.all(raw().map((one) => one.faults()))).flat(),
    snapshot: async () => JSON.stringify(await Promise.all(raw().map((one) => one.rules()))),
    // The application forgets its tombstones only with its process.
    async tamper({ injectionId }) {
      await restart();
      await raw()[0].activate(injectionId, 'charge', { owner: 'somebody else' });
    },
    plant: () => raw()[0].activate('elsewhere-1-1', 'charge', { owner: 'gameday', experimentId: 'elsewhere' }),
    removeTarget: () => payment.kill(),
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
      [...hostile.map(({ port }) => at(port)), at(proxy.port, wrongToken), at(1)].map((payment) =>
        tools({ connection: { payment } }),
      ),
    output: () => payment.output() + catalogue.output(),
    async reset() {
      proxy.isCut = false;
      if (!(await raw()[0].isThere())) await restart();
      await Promise.all(raw().map((one) => one.clear()));
    },
    async close() {
      for (const one of [proxy, ...hostile]) one.close();
      await Promise.all([payment.kill(), catalogue.kill()]);
    },
  };
}
