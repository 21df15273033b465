import { deploymentScale } from '../../../../activities/faults/kubernetes/deployment-scale';
import { autoscaler } from '../../../fakes/kubernetes/manifests';
import { Cluster } from './cluster';

let cluster: Cluster;
const target = { namespace: 'shop', name: 'catalogue' };
const params = { replicas: 1 };
const arm = (more = params) => cluster.arm(deploymentScale, target, more);
const replicas = async (name = 'catalogue') => (await cluster.deployment(name)).spec.replicas;
const refusals = async (more = params) =>
  (await deploymentScale.survey({ target, params: more }, cluster.tools())).refusals.join('; ');

beforeAll(async () => {
  cluster = await Cluster.open();
});

afterAll(() => cluster.fake.close());

describe('kubernetes/deployment-scale', () => {
  beforeEach(async () => {
    await cluster.reset();
    await cluster.deploy('catalogue', { replicas: 3 });
  });

  it.each([
    [0, 100],
    [1, 67],
    [2, 34],
    [9, 100],
  ])('bounds the traffic of %i replicas instead of three at %i percent', async (wanted, expected) => {
    const { trafficPercent } = await deploymentScale.survey({ target, params: { replicas: wanted } }, cluster.tools());
    expect(trafficPercent).toBe(expected);
  });

  it('writes originals, tag and end in one write, and only in the version that it read', async () => {
    const before = await cluster.deployment('catalogue');
    const injection = await arm();
    const { metadata, spec } = await cluster.deployment('catalogue');
    expect(spec).toEqual(before.spec);
    expect(metadata.labels['gameday.dev/injection']).toBe(injection.injectionId);
    expect(metadata.annotations['gameday.dev/not-after']).toBe(injection.notAfter);
    expect(JSON.parse(metadata.annotations['gameday.dev/record'])).toMatchObject({ originals: { replicas: 3 } });
  });

  it('arms again when somebody else wrote in between', async () => {
    cluster.beforeNextWrite(() => cluster.patch('catalogue', { metadata: { labels: { colour: 'red' } } }));
    const injection = await arm();
    const { labels } = (await cluster.deployment('catalogue')).metadata;
    expect(labels).toMatchObject({ colour: 'red', 'gameday.dev/injection': injection.injectionId });
  });

  it('does not arm what somebody scaled since it was prepared', async () => {
    const injection = await cluster.prepare(deploymentScale, target, params);
    await cluster.patch('catalogue', { spec: { replicas: 4 } });
    await expect(deploymentScale.arm?.(injection, cluster.tools())).rejects.toThrow(
      /somebody scaled its workload to 4/,
    );
    expect(await replicas()).toBe(4);
  });

  it.each([
    ['a rollback', async (roll: () => Promise<unknown>) => roll()],
    ['somebody who scales', async () => cluster.patch('catalogue', { spec: { replicas: 5 } })],
  ])('is refused by the API server when %s comes between its look and its write', async (_, meanwhile) => {
    const injection = await arm();
    cluster.beforeNextWrite(() => meanwhile(() => deploymentScale.rollback(injection, cluster.tools())));
    await expect(deploymentScale.inject(injection, cluster.tools())).rejects.toMatchObject({ name: 'Refused' });
    expect(await replicas()).not.toBe(1);
  });

  it('leaves what somebody scaled meanwhile, takes its tag off, and says so twice', async () => {
    const injection = await arm();
    await deploymentScale.inject(injection, cluster.tools());
    await cluster.patch('catalogue', { spec: { replicas: 5 } });
    expect((await deploymentScale.status(injection, cluster.tools())).state).toBe('drifted');
    const { end, evidence } = await deploymentScale.rollback(injection, cluster.tools());
    expect([end, evidence]).toEqual(['drifted', expect.stringContaining('changed 1 replicas to 5')]);
    const { metadata, spec } = await cluster.deployment('catalogue');
    expect([spec.replicas, Object.keys(metadata.labels)]).toEqual([5, ['app', 'gameday.dev/enabled']]);
    expect(metadata.annotations).toBeUndefined();
  });

  it('reports its own value without its tag as drift: only somebody else can have taken the tag off', async () => {
    const injection = await arm();
    await deploymentScale.inject(injection, cluster.tools());
    const { metadata } = await cluster.deployment('catalogue');
    const none = (names: object) => Object.fromEntries(Object.keys(names).map((key) => [key, null]));
    await cluster.patch('catalogue', {
      metadata: { annotations: none(metadata.annotations), labels: { 'gameday.dev/injection': null } },
    });
    expect((await deploymentScale.rollback(injection, cluster.tools())).end).toBe('drifted');
    expect(await replicas()).toBe(1);
  });

  it('is tried again when the object changes under a rollback', async () => {
    const injection = await arm();
    await deploymentScale.inject(injection, cluster.tools());
    cluster.beforeNextWrite(() => cluster.patch('catalogue', { spec: { replicas: 5 } }));
    await expect(deploymentScale.rollback(injection, cluster.tools())).rejects.toThrow(/will be tried again/);
    expect((await deploymentScale.rollback(injection, cluster.tools())).end).toBe('drifted');
    expect(await replicas()).toBe(5);
  });

  it('refuses to change nothing', async () => {
    expect(await refusals({ replicas: 3 })).toMatch(/has 3 replicas already/);
  });

  it('refuses what an autoscaler scales', async () => {
    const path = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers';
    await cluster.raw.ask('POST', path, autoscaler('shop', 'another'));
    expect(await refusals()).toBe('');
    await cluster.raw.ask('POST', path, autoscaler('shop', 'catalogue'));
    expect(await refusals()).toMatch(/scaled by autoscaler catalogue/);
  });

  it.each([
    ['labels', 'argocd.argoproj.io/instance', 'Argo CD'],
    ['annotations', 'argocd.argoproj.io/tracking-id', 'Argo CD'],
    ['labels', 'kustomize.toolkit.fluxcd.io/name', 'Flux'],
    ['labels', 'helm.toolkit.fluxcd.io/name', 'Flux'],
  ])('refuses what the %s %s puts into the care of %s', async (where, key, tool) => {
    await cluster.patch('catalogue', { metadata: { [where]: { [key]: 'shop' } } });
    expect(await refusals()).toContain(`kept as it is in Git by ${tool}`);
  });

  it('finds Deployments by their labels, in order, and none that exclude themselves', async () => {
    await cluster.deploy('cart', { replicas: 3 });
    await cluster.deploy('checkout', {
      replicas: 3,
      labels: { 'gameday.dev/enabled': 'true', 'gameday.dev/exclude': 'true' },
    });
    for (const name of ['catalogue', 'cart', 'checkout'])
      await cluster.patch(name, { metadata: { labels: { tier: 'web' } } });
    const step = { target: { namespace: 'shop', labels: { tier: 'web' }, count: 2 }, params };
    const { targets, total, refusals: against } = await deploymentScale.survey(step, cluster.tools());
    expect(against).toEqual([]);
    expect([total, targets.map(({ description }) => description)]).toEqual([
      3,
      ['deployment shop/cart', 'deployment shop/catalogue'],
    ]);
  });

  it('waits until the controller has seen it, which is partial until then', async () => {
    const slow = await Cluster.open({ observeMs: 300 });
    await slow.reset();
    await slow.deploy('catalogue', { replicas: 3 });
    const injection = await slow.arm(deploymentScale, target, params);
    const states: string[] = [];
    const injecting = deploymentScale.inject(injection, slow.tools()).finally(() => states.push('over'));
    while (!states.includes('over')) states.push((await deploymentScale.status(injection, slow.tools())).state);
    await injecting;
    expect(states).toContain('partial');
    expect((await deploymentScale.status(injection, slow.tools())).state).toBe('active');
    await slow.fake.close();
  });
});
