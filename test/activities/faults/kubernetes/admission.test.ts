import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { Role } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { deploymentScale } from '../../../../activities/faults/kubernetes/deployment-scale';
import { podDelete } from '../../../../activities/faults/kubernetes/pod-delete';
import type { Grant } from '../../../fakes/kubernetes/access';
import { service } from '../../../fakes/kubernetes/manifests';
import { Cluster } from './cluster';

let cluster: Cluster;
const steps = [
  {
    driver: podDelete,
    target: { namespace: 'shop', labels: { app: 'catalogue' }, minHealthy: 1 },
    params: { respectBudget: false },
  },
  { driver: deploymentScale, target: { namespace: 'shop', name: 'catalogue' }, params: { replicas: 1 } },
].map((step) => [step.driver.kind, step] as const);
type Step = (typeof steps)[number][1];

const refusalsOf = async ({ driver, target, params }: Step, tools = cluster.tools()) =>
  (await driver.survey({ target, params }, tools)).refusals.join('; ');

const models = { Namespace, ServiceAccount, Role, RoleBinding };
const manifest = join(__dirname, '../../../../deploy/kubernetes/rbac.yaml');
const documents = parseAllDocuments(readFileSync(manifest, 'utf8')).map((one) => one.toJS());
const shipped: Grant[] = documents
  .filter(({ kind }) => kind === 'Role')
  .map(({ metadata, rules }) => ({ namespace: metadata.namespace, rules }));

beforeAll(async () => {
  cluster = await Cluster.open();
});

afterAll(() => cluster.fake.close());

beforeEach(async () => {
  await cluster.reset();
  await cluster.deploy('catalogue', { replicas: 3 });
});

describe.each(steps)('what %s may touch', (_, step) => {
  it('is what namespace, workload and environment have opted in', async () => {
    expect(await refusalsOf(step)).toBe('');
  });

  it('is not a namespace that the environment does not list', async () => {
    cluster.optedIn = [{ namespace: 'other' }];
    expect(await refusalsOf(step)).toMatch(/namespace shop is not opted in; add it under targets\.kubernetes/);
  });

  it('is not a workload that the environment does not list', async () => {
    cluster.optedIn = [{ namespace: 'shop', workloads: ['checkout'] }];
    expect(await refusalsOf(step)).toMatch(/deployment catalogue is not opted in; add it under/);
  });

  it('is not a namespace without the label', async () => {
    await cluster.reset({});
    await cluster.deploy('catalogue', { replicas: 3 });
    expect(await refusalsOf(step)).toMatch(/namespace shop is not opted in; label it gameday\.dev\/enabled/);
  });

  it('is not a workload without the label', async () => {
    await cluster.patch('catalogue', { metadata: { labels: { 'gameday.dev/enabled': null } } });
    expect(await refusalsOf(step)).toMatch(/deployment catalogue is not opted in; label it/);
  });

  it.each(['labels', 'annotations'])('is nothing that excludes itself by %s, whatever else it says', async (where) => {
    await cluster.patch('catalogue', { metadata: { [where]: { 'gameday.dev/exclude': 'true' } } });
    expect(await refusalsOf(step)).toMatch(/deployment catalogue is excluded/);
  });

  it('is nothing in a namespace that excludes itself', async () => {
    await cluster.raw.patch('merge', '/api/v1/namespaces/shop', {
      metadata: { labels: { 'gameday.dev/exclude': 'yes' } },
    });
    expect(await refusalsOf(step)).toMatch(/namespace shop is excluded/);
  });

  it.each(['kube-system', 'gameday', 'temporal', 'platform'])('is never namespace %s', async (namespace) => {
    cluster.optedIn = [{ namespace }];
    const tools = cluster.tools();
    const denying = { ...tools, connection: { ...Object(tools.connection), deniedNamespaces: ['platform'] } };
    expect(await refusalsOf({ ...step, target: { ...step.target, namespace } } as Step, denying)).toMatch(
      /on the path that removes faults/,
    );
  });

  it('is never a part of Gameday or of Temporal', async () => {
    await cluster.patch('catalogue', { metadata: { labels: { 'app.kubernetes.io/part-of': 'temporal' } } });
    expect(await refusalsOf(step)).toMatch(/part of temporal, which removes faults/);
  });

  it.each(['frontend.shop:7233', 'frontend.shop.svc.cluster.local:7233'])(
    'is nothing behind the Service at %s, through which faults are removed',
    async (address) => {
      await cluster.raw.ask('POST', '/api/v1/namespaces/shop/services', service('shop', 'catalogue', 'frontend'));
      const tools = { ...cluster.toolsOf(shipped), removalPath: [address] };
      expect(await refusalsOf(step, tools)).toMatch(/deployment catalogue is behind service shop\/frontend/);
    },
  );

  it('is what is behind no Service of the removal path', async () => {
    await cluster.raw.ask('POST', '/api/v1/namespaces/shop/services', service('shop', 'checkout', 'frontend'));
    const removalPath = ['frontend.shop:7233', 'missing.shop:7233', 'frontend.other:7233', '10.1.2.3:7233'];
    expect(await refusalsOf(step, cluster.tools({ removalPath }))).toBe('');
  });

  it('is nothing at all while the cluster cannot be read', async () => {
    cluster.fake.trouble.set({ isCut: true });
    expect(await refusalsOf(step)).toMatch(/cannot read namespace shop at https:.*is the API server there/);
  });

  it('is refused with the permission that is missing', async () => {
    const [first] = shipped;
    const fewer: Grant[] = shipped.map((grant) =>
      grant === first ? { ...grant, rules: grant.rules.map((rule) => ({ ...rule, verbs: ['get', 'list'] })) } : grant,
    );
    expect(await refusalsOf(step, cluster.toolsOf(fewer))).toMatch(
      /we may not patch deployments in namespace shop; grant it/,
    );
  });

  it('can be done from beginning to end with the role that is shipped', async () => {
    const tools = cluster.toolsOf(shipped);
    expect(await refusalsOf(step, tools)).toBe('');
    const injection = await cluster.arm(step.driver, step.target, step.params, tools);
    await step.driver.inject(injection, tools);
    expect((await step.driver.status(injection, tools)).state).toBe('active');
    const [row] = await step.driver.listFaults(tools);
    expect(row).toEqual(injection);
    expect(await step.driver.rollback(injection, tools)).toMatchObject({ end: 'absent', foundActive: true });
    expect(await step.driver.listFaults(tools)).toEqual([]);
  });
});

describe('the manifest of permissions', () => {
  it.each(
    documents.map((one) => [`${one.kind} ${one.metadata.name} in ${one.metadata.namespace ?? 'the cluster'}`, one]),
  )('follows the published schema: %s', (_, document) => {
    const Model = models[document.kind as keyof typeof models];
    expect(() => new Model(document).validate()).not.toThrow();
  });

  it('gives no more than the drivers ask for', () => {
    const verbs = shipped.flatMap(({ rules }) => rules.flatMap((rule) => rule.verbs));
    const resources = shipped.flatMap(({ rules }) => rules.flatMap((rule) => rule.resources));
    expect([...verbs, ...resources]).not.toContain('*');
    expect(resources).not.toContain('secrets');
  });
});
