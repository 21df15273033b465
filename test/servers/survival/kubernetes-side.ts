import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../contract/eventually';
import { startApp } from '../../end-to-end/rig/side';
import { startFakeKubernetes } from '../../fakes/kubernetes/fake-kubernetes';
import { deployment, namespace } from '../../fakes/kubernetes/manifests';
import { RawKubernetes } from '../../fakes/kubernetes/raw-kubernetes';
import { resourceKinds } from '../../fakes/kubernetes/resource-kinds';
import type { Write } from '../../fakes/kubernetes/trouble';
import type { SurvivalSide } from './survival-sides';

const replicas = 3;

/** What a fault's effect needs, and no arming and no rollback of an armed one contains. */
const isHarm = ({ method, text }: Write) => method === 'PATCH' && text.includes('"replace"');

/**
 * A Deployment at the fake API server, beside an application that nothing happens to: it proves who controls the fault, not
 * what traffic feels. It runs in the test's own process, where it is looked at even while nobody else can reach it.
 */
export async function openKubernetesSide(home: string): Promise<SurvivalSide> {
  const [fake, app] = await Promise.all([startFakeKubernetes(), startApp('beside-a-cluster')]);
  const raw = new RawKubernetes(fake);
  const held: Write[] = [];
  const cluster = fake.store.find(resourceKinds.namespaces, '', 'kube-system')?.metadata.uid ?? '';
  const find = () => fake.store.find(resourceKinds.deployments, 'shop', 'catalogue');
  fake.create(namespace('shop'));
  fake.create(deployment('shop', 'catalogue', { replicas }));
  await eventually('a Deployment with its pods', 5_000, async () => find()?.status?.readyReplicas === replicas);
  const [ca, token] = [join(home, 'cluster.ca'), join(home, 'cluster.token')];
  await Promise.all([writeFile(ca, fake.ca), writeFile(token, fake.token, { mode: 0o600 })]);
  return {
    name: 'kubernetes',
    lockKey: `kubernetes:${cluster}/shop/catalogue`,
    step: 'inject: kubernetes/deployment-scale\n    target: { namespace: shop, name: catalogue }\n    with: { replicas: 1 }',
    appUrl: `http://127.0.0.1:${app.port}`,
    connections: `kubernetes: { server: '${fake.url}', ca: { file: '${ca}' }, token: { file: '${token}' } }`,
    targets: 'kubernetes: [{ namespace: shop, workloads: [catalogue] }]',
    faults: async () => {
      const { spec, metadata } = find() ?? {};
      return spec?.replicas === replicas ? [] : [metadata?.labels?.['gameday.dev/injection'] ?? 'without a tag'];
    },
    notAfterMs: async () => Date.parse(find()?.metadata.annotations?.['gameday.dev/not-after'] ?? ''),
    cut: async () => fake.trouble.set({ isCut: true }),
    reconnect: async () => fake.trouble.set({ isCut: false }),
    jam: async () => void (fake.trouble.beforeWrite = () => false),
    unjam: async () => void (fake.trouble.beforeWrite = () => true),
    holdInjects() {
      fake.trouble.beforeWrite = (_, write) => !isHarm(write) || held.push(write) === 0;
    },
    async deliverInjects() {
      fake.trouble.beforeWrite = () => true;
      const answers = await Promise.all(held.map((one) => raw.ask(one.method, one.path, one.text, one.contentType)));
      return answers.map(({ status, body }) => `${status} ${String(body.message)}`);
    },
    async close() {
      await fake.close();
      await app.process.kill();
    },
  };
}
