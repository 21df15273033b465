import type { AnyFaultDriver, DriverTools } from '../../src/domain/fault-driver';
import type { JsonObject } from '../../src/domain/json';
import { makeCertificate } from '../fakes/kubernetes/certificate';
import { startFakeKubernetes } from '../fakes/kubernetes/fake-kubernetes';
import { deployment, namespace } from '../fakes/kubernetes/manifests';
import { RawKubernetes } from '../fakes/kubernetes/raw-kubernetes';
import { eventually } from './eventually';
import { startHostileApiServer } from './hostile-api-server';
import { KubernetesObserver } from './kubernetes-observer';
import { runInChild, type DriverSource } from './run-in-child';
import type { Step, World } from './world';

const token = 'planted-token-77d0';
const wrongToken = 'planted-wrong-token-19ae';
const [space, replicas] = ['shop', 3];

/** What one kind of fault is asked for in the contract, and how it is told. */
interface Harm {
  target(workload: string, more?: JsonObject): JsonObject;
  params: JsonObject;
  wide: { target: JsonObject; params: JsonObject }[];
  isFelt(observer: KubernetesObserver, workload: string): Promise<boolean>;
  /** A value of somebody else where the injection's is. */
  foreign: JsonObject;
}

const ofPods = (workload: string, more: JsonObject = {}) => ({
  ...{ namespace: space, labels: { app: workload }, minHealthy: 1, ...more },
});
const ofDeployment = (workload: string) => ({ namespace: space, name: workload });

const harms: Record<string, Harm> = {
  'kubernetes/pod-delete': {
    target: ofPods,
    params: { respectBudget: false },
    wide: [
      { target: ofPods('catalogue', { count: 3 }), params: { respectBudget: false } },
      { target: ofPods('catalogue', { percent: 70 }), params: { respectBudget: false } },
      { target: ofPods('catalogue', { percent: 30 }), params: { respectBudget: false } },
      { target: ofPods('single'), params: { respectBudget: false } },
    ],
    isFelt: (observer, workload) => observer.areTaken(workload),
    foreign: { metadata: { annotations: { 'gameday.dev/record': '{"theirs":true}' } } },
  },
  'kubernetes/deployment-scale': {
    target: ofDeployment,
    params: { replicas: 1 },
    wide: [
      { target: ofDeployment('catalogue'), params: { replicas: 0 } },
      { target: ofDeployment('catalogue'), params: { replicas: 30 } },
      { target: ofDeployment('catalogue'), params: { replicas: 3 } },
    ],
    isFelt: (observer, workload) => observer.isScaled(workload),
    foreign: { spec: { replicas: 5 } },
  },
};

/** Deployments at the fake API server, looked at over plain HTTPS; the way to it can be cut. */
export async function openKubernetesWorld(driver: AnyFaultDriver, source: DriverSource): Promise<World> {
  const harm = harms[driver.kind];
  if (harm === undefined) throw new Error(`no harm is known for ${driver.kind}`);
  const certificate = await makeCertificate();
  const fake = await startFakeKubernetes({ token, certificate });
  const hostile = await Promise.all(
    [200, 302, 401, 403, 404, 409, 422, 429, 500].map((code) => startHostileApiServer(code, certificate)),
  );
  const raw = new RawKubernetes(fake);
  const observer = new KubernetesObserver(raw, space, replicas);
  const at = (server: string, word = token) => ({ server, ca: fake.ca, token: word, deniedNamespaces: [] });
  const connection = at(fake.url);
  const optedIn = [{ namespace: space }];
  const tools = (change: Partial<DriverTools<unknown>> = {}): DriverTools<unknown> => ({
    ...{ connection, optedIn, environment: 'contract', signal: AbortSignal.timeout(30_000), now: Date.now, ...change },
  });
  const stepOn = (workload: string): Step => ({ target: harm.target(workload), params: harm.params });
  const workloadOf = ({ target }: Step): string => {
    const { name, labels } = Object(target);
    return name ?? labels.app;
  };
  const build = async () => {
    await raw.ask('POST', '/api/v1/namespaces', namespace(space));
    for (const name of ['catalogue', 'checkout'])
      await raw.ask('POST', observer.deployments, deployment(space, name, { replicas }));
    await raw.ask('POST', observer.deployments, deployment(space, 'single', { replicas: 1 }));
    await raw.ask('POST', observer.deployments, deployment(space, 'legacy', { replicas, labels: {} }));
    await observer.begin();
  };
  return {
    ...{ driver, source, tools, secrets: [token, wrongToken], output: () => '' },
    ...{ step: stepOn('catalogue'), otherStep: stepOn('checkout'), foreignStep: stepOn('legacy') },
    wideSteps: harm.wide.map((step) => ({ step, targetsMax: 2, trafficPercentMax: 50 })),
    isInEffect: (step) => harm.isFelt(observer, workloadOf(step)),
    rawFaults: () => observer.faults(),
    snapshot: () => observer.snapshot(),
    async tamper() {
      await raw.patch('merge', `${observer.deployments}/catalogue`, harm.foreign);
      observer.isTampered = true;
    },
    async plant(step) {
      const patch = { metadata: { labels: { 'gameday.dev/injection': 'elsewhere-1-1' } } };
      await raw.patch('merge', `${observer.deployments}/${workloadOf(step)}`, patch);
    },
    removeTarget: async () => void (await raw.ask('DELETE', `${observer.deployments}/catalogue`)),
    cut: async () => fake.trouble.set({ isCut: true }),
    reconnect: async () => fake.trouble.set({ isCut: false }),
    liveUntilWrite(injection, number) {
      const life = { ...source, injection, tools: { connection, optedIn, environment: 'contract' } };
      fake.trouble.writes = 0;
      return runInChild(life, (kill) => {
        fake.trouble.beforeWrite = (count) => {
          if (count === number) kill();
          return count < number;
        };
      }).finally(() => (fake.trouble.beforeWrite = () => true));
    },
    temptations: async () =>
      [
        ...hostile.map(({ url }) => at(url)),
        at(fake.url, wrongToken),
        at('https://127.0.0.1:1'),
        { kubeconfig: `users: [{ name: ${token}: ${token}`, deniedNamespaces: [] },
        { kubeconfig: `{"users":[{"name":"a","user":{"token":"${token}"}}]}`, deniedNamespaces: [] },
      ].map((one) => tools({ connection: one })),
    async reset() {
      fake.trouble.clear();
      await raw.ask('DELETE', `/api/v1/namespaces/${space}`);
      const isGone = async () => (await raw.ask('GET', `/api/v1/namespaces/${space}`)).status === 404;
      await eventually('the end of the namespace', 5_000, isGone);
      await build();
    },
    async close() {
      for (const one of hostile) one.close();
      await fake.close();
    },
  };
}
