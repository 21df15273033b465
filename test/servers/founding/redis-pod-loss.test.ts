import { eventually } from '../../contract/eventually';
import { startFakeKubernetes, type FakeKubernetes } from '../../fakes/kubernetes/fake-kubernetes';
import { kubeconfigOf } from '../../fakes/kubernetes/kubeconfig';
import { deployment, namespace } from '../../fakes/kubernetes/manifests';
import { RawKubernetes } from '../../fakes/kubernetes/raw-kubernetes';
import { expectedOnServers, type Expectation } from '../../scenarios/expected';
import { expectCatalogueDetails, valueOf } from './catalogue-details';
import { CatalogueWorkplace } from './catalogue-workplace';
import { RedisKubelet } from './kubelet';
import { runAndCompare } from './run-and-compare';

const file = 'catalogue-survives-redis-pod-loss.yaml';
const { servers, environments } = expectedOnServers(file);
const runs = servers.map((one) => ({ title: one.variant ?? 'as shipped', verdict: one.verdict, one }));

// As long as a cluster may take to find a node, pull an image and start a pod.
const delays = { replaceMs: 12_000, readyMs: 500 };

let fake: FakeKubernetes;
let kubelet: RedisKubelet;

beforeEach(async () => {
  fake = await startFakeKubernetes({ delays });
  fake.create(namespace('shop'));
  fake.create(deployment('shop', 'redis', { replicas: 1 }));
  kubelet = await RedisKubelet.start(new RawKubernetes(fake));
  await eventually('the pod of Redis runs', 20_000, async () => kubelet.ran.length === 1);
});

afterEach(async () => {
  await kubelet.stop();
  await fake.close();
});

test.each(runs)(
  'a pod of a real Redis, deleted on a fake Kubernetes, $title: $verdict',
  async ({ one }) => withoutPod(one),
  300_000,
);

async function withoutPod(one: Expectation): Promise<void> {
  const redisUrl = `redis://127.0.0.1:${kubelet.port}`;
  const place = await CatalogueWorkplace.open({
    ...{ redisUrl, environments, shop: one.shop },
    files: { kubeconfig: kubeconfigOf(fake) },
  });
  try {
    const evidence = await runAndCompare(place, [`scenarios/${file}`], one);
    await eventually('another pod has taken its place', 30_000, async () => kubelet.ran.length === 2);
    expect(new Set(kubelet.ran).size).toBe(2);
    if (one.verdict !== 'passed') return;
    expectCatalogueDetails(evidence);
    // The cache fills anew as soon as there is another pod, while the hold goes on.
    expect(valueOf(evidence, 'hold', 'hit-ratio')?.value).toBeGreaterThanOrEqual(0.9);
  } finally {
    await place.close();
  }
}
