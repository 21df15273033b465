import { podDelete } from '../../../../activities/faults/kubernetes/pod-delete';
import { disruptionBudget, pod } from '../../../fakes/kubernetes/manifests';
import { Cluster } from './cluster';

let cluster: Cluster;
const ofCatalogue = (more = {}) => ({ namespace: 'shop', labels: { app: 'catalogue' }, minHealthy: 1, ...more });
const params = { respectBudget: false };
const survey = (target = ofCatalogue(), tools = cluster.tools()) => podDelete.survey({ target, params }, tools);
const refusalsOf = async (target = ofCatalogue()) => (await survey(target)).refusals.join('; ');

/** Counts the reads of single pods, and how many of them are under way at once. */
function watchLooks() {
  const { trouble } = cluster.fake;
  const pass = trouble.pass.bind(trouble);
  let [count, atOnce, mostAtOnce] = [0, 0, 0];
  trouble.pass = async (request) => {
    if (request.method !== 'GET' || !/\/pods\/[^/]+$/.test(request.path)) return pass(request);
    count += 1;
    mostAtOnce = Math.max(mostAtOnce, (atOnce += 1));
    return pass(request).finally(() => (atOnce -= 1));
  };
  return {
    seen: () => ({ count, mostAtOnce }),
    reset: () => void ([count, mostAtOnce] = [0, 0]),
    end: () => void (trouble.pass = pass),
  };
}

beforeAll(async () => {
  cluster = await Cluster.open();
});

afterAll(() => cluster.fake.close());

describe('kubernetes/pod-delete', () => {
  beforeEach(async () => {
    await cluster.reset();
    await cluster.deploy('catalogue', { replicas: 3 });
  });

  it('says that what it does cannot be undone, and that a late call does nothing', () => {
    expect(podDelete.capabilities).toMatchObject({ isReversible: false, hasFence: true, expiry: 'none' });
  });

  it('names targets by uid and the workload by cluster, namespace and name', async () => {
    const { targets, total, percent, trafficPercent } = await survey();
    const { metadata } = await cluster.raw.get('/api/v1/namespaces/kube-system');
    expect(await cluster.podUids('catalogue')).toContain(targets[0]?.identity);
    expect(targets[0]?.lockKey).toBe(`kubernetes:${metadata.uid}/shop/catalogue`);
    expect([total, Math.round(percent), trafficPercent]).toEqual([3, 33, 34]);
  });

  it('finds the same pods in the same order every time', async () => {
    const ask = async () => (await survey(ofCatalogue({ count: 2 }))).targets.map(({ identity }) => identity);
    expect(await ask()).toEqual(await ask());
    expect(await ask()).toHaveLength(2);
  });

  it('rounds a percentage down', async () => {
    expect((await survey(ofCatalogue({ percent: 67 }))).targets).toHaveLength(2);
    expect((await survey(ofCatalogue({ percent: 66 }))).targets).toHaveLength(1);
  });

  it.each([
    ['less than one', { percent: 30 }, /30 percent of 3 .* less than one/],
    ['all of them', { percent: 100 }, /leaves catalogue with 0, and 1 have to stay/],
    ['more than there are', { count: 4 }, /4 .* are asked for and 3 fit/],
    ['too few left', { count: 1, minHealthy: 3 }, /leaves catalogue with 2, and 3 have to stay/],
  ])('refuses %s', async (_, more, expected) => {
    expect(await refusalsOf(ofCatalogue(more))).toMatch(expected);
  });

  it('refuses the only replica unless the author says that none has to stay', async () => {
    await cluster.deploy('single', { replicas: 1 });
    const single = ofCatalogue({ labels: { app: 'single' } });
    expect(await refusalsOf(single)).toMatch(/have to stay/);
    expect(await refusalsOf({ ...single, minHealthy: 0 })).toBe('');
  });

  it('deletes what was chosen, once, however often it is called, and never a replacement', async () => {
    const before = await cluster.podUids('catalogue');
    const injection = await cluster.arm(podDelete, ofCatalogue({ count: 2 }), params);
    await podDelete.inject(injection, cluster.tools());
    await cluster.settled('catalogue');
    const replaced = await cluster.podUids('catalogue');
    await podDelete.inject(injection, cluster.tools());
    await podDelete.inject(injection, cluster.tools());
    expect(await cluster.podUids('catalogue')).toEqual(replaced);
    const chosen = injection.targets.map(({ identity }) => identity);
    expect(before.filter((uid) => replaced.includes(uid))).toEqual(before.filter((uid) => !chosen.includes(uid)));
    expect((await podDelete.status(injection, cluster.tools())).state).toBe('active');
  });

  it('is refused by the API server when a rollback comes between its look and its deletion', async () => {
    const before = await cluster.podUids('catalogue');
    const injection = await cluster.arm(podDelete, ofCatalogue(), params);
    cluster.beforeNextWrite(async () => {
      // Its first write notes the intent; the rollback comes before the second one, the deletion.
      cluster.beforeNextWrite(() => podDelete.rollback(injection, cluster.tools()));
    });
    await expect(podDelete.inject(injection, cluster.tools())).rejects.toMatchObject({ name: 'Refused' });
    expect(await cluster.podUids('catalogue')).toEqual(before);
    expect(await podDelete.listFaults(cluster.tools())).toEqual([]);
  });

  it('takes no pod that has vanished by itself for one that it deleted', async () => {
    const injection = await cluster.arm(podDelete, ofCatalogue(), params);
    const name = String(Object(injection.targets[0]?.facts).pod);
    await cluster.raw.ask('DELETE', `/api/v1/namespaces/shop/pods/${name}`, { gracePeriodSeconds: 0 });
    await expect(podDelete.inject(injection, cluster.tools())).rejects.toThrow(/vanished without us/);
    expect(await podDelete.rollback(injection, cluster.tools())).toMatchObject({ end: 'absent', foundActive: false });
  });

  it('takes no note of a harm that another injection left behind for its own', async () => {
    const note = { metadata: { annotations: { 'gameday.dev/begun': 'another-1-1' } } };
    await cluster.patch('catalogue', note);
    const injection = await cluster.arm(podDelete, ofCatalogue(), params);
    expect((await cluster.deployment('catalogue')).metadata.annotations).not.toHaveProperty(['gameday.dev/begun']);
    await cluster.patch('catalogue', note);
    const name = String(Object(injection.targets[0]?.facts).pod);
    await cluster.raw.ask('DELETE', `/api/v1/namespaces/shop/pods/${name}`, { gracePeriodSeconds: 0 });
    expect((await podDelete.status(injection, cluster.tools())).state).toBe('armed');
    await expect(podDelete.inject(injection, cluster.tools())).rejects.toThrow(/vanished without us/);
    expect(await podDelete.rollback(injection, cluster.tools())).toMatchObject({ end: 'absent', foundActive: false });
  });

  it('leaves no note behind that an inject wrote after the rollback had looked', async () => {
    const injection = await cluster.arm(podDelete, ofCatalogue(), params);
    cluster.beforeNextWrite(async () => {
      // Its first write takes the tag off the pod; the note comes before the second one, at the deployment.
      cluster.beforeNextWrite(() =>
        cluster.patch('catalogue', { metadata: { annotations: { 'gameday.dev/begun': injection.injectionId } } }),
      );
    });
    await podDelete.rollback(injection, cluster.tools());
    const { labels, annotations = {} } = (await cluster.deployment('catalogue')).metadata;
    const left = Object.keys({ ...labels, ...annotations }).filter((key) => key.startsWith('gameday.dev/'));
    expect(left).toEqual(['gameday.dev/enabled']);
  });

  it('tells a deletion that came between the look of a rollback and its write', async () => {
    const injection = await cluster.arm(podDelete, ofCatalogue(), params);
    cluster.beforeNextWrite(() => podDelete.inject(injection, cluster.tools()));
    expect(await podDelete.rollback(injection, cluster.tools())).toMatchObject({ end: 'absent', foundActive: true });
  });

  it('looks at pods with one list, and at those that are gone a few at a time', async () => {
    await cluster.deploy('wide', { replicas: 24 });
    const wide = ofCatalogue({ labels: { app: 'wide' }, count: 20 });
    const injection = await cluster.arm(podDelete, wide, params);
    const looks = watchLooks();
    await podDelete.status(injection, cluster.tools());
    expect(looks.seen()).toEqual({ count: 0, mostAtOnce: 0 });
    await podDelete.inject(injection, cluster.tools());
    await cluster.settled('wide');
    looks.reset();
    cluster.fake.trouble.set({ delayMs: 300 });
    await podDelete.rollback(injection, cluster.tools());
    looks.end();
    expect(looks.seen().count).toBe(20);
    expect(looks.seen().mostAtOnce).toBeLessThanOrEqual(8);
  });

  it('keeps the tags off that a rollback without enough time has taken off', async () => {
    await cluster.deploy('wide', { replicas: 24 });
    const injection = await cluster.arm(podDelete, ofCatalogue({ labels: { app: 'wide' }, count: 20 }), params);
    const { trouble } = cluster.fake;
    trouble.writes = 0;
    trouble.beforeWrite = (count) => count <= 10;
    await expect(podDelete.rollback(injection, cluster.tools())).rejects.toThrow(/cannot patch pod/);
    const selector = encodeURIComponent(`gameday.dev/injection=${injection.injectionId}`);
    const { items } = await cluster.raw.get(`/api/v1/namespaces/shop/pods?labelSelector=${selector}`);
    expect(items.length).toBeLessThanOrEqual(12);
    trouble.clear();
    expect((await podDelete.rollback(injection, cluster.tools())).end).toBe('absent');
  });

  it('drops a pod that vanished since the survey, and refuses when none is left', async () => {
    const { targets } = await survey(ofCatalogue({ count: 2 }));
    const injection = await cluster.prepare(podDelete, ofCatalogue({ count: 2 }), params);
    const gone = (index: number) => `/api/v1/namespaces/shop/pods/${String(Object(targets[index]?.facts).pod)}`;
    await cluster.raw.ask('DELETE', gone(0), { gracePeriodSeconds: 0 });
    await cluster.settled('catalogue');
    const again = await podDelete.prepare(injection, cluster.tools());
    expect(again.targets.map(({ identity }) => identity)).toEqual([targets[1]?.identity]);
    await cluster.raw.ask('DELETE', gone(1), { gracePeriodSeconds: 0 });
    await expect(podDelete.prepare(injection, cluster.tools())).rejects.toThrow(/every chosen pod has vanished/);
  });

  it('counts a pod that a finalizer holds as taken, and says what holds it', async () => {
    const injection = await cluster.arm(podDelete, ofCatalogue(), params);
    const path = `/api/v1/namespaces/shop/pods/${String(Object(injection.targets[0]?.facts).pod)}`;
    await cluster.raw.patch('merge', path, { metadata: { finalizers: ['example.com/hold'] } });
    await podDelete.inject(injection, cluster.tools());
    const { state, evidence } = await podDelete.status(injection, cluster.tools());
    expect([state, evidence]).toEqual(['active', expect.stringContaining('held by example.com/hold')]);
    expect((await podDelete.rollback(injection, cluster.tools())).end).toBe('absent');
    await cluster.raw.patch('merge', path, { metadata: { finalizers: null } });
  });

  it('honours a disruption budget where it is asked to: a refusal, not an error', async () => {
    const path = '/apis/policy/v1/namespaces/shop/poddisruptionbudgets';
    await cluster.raw.ask('POST', path, disruptionBudget('shop', 'catalogue', 3));
    const injection = await cluster.arm(podDelete, ofCatalogue(), { respectBudget: true });
    await expect(podDelete.inject(injection, cluster.tools())).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('disruption budget'),
    });
    await podDelete.rollback(injection, cluster.tools());
    await cluster.raw.ask('DELETE', `${path}/catalogue`);
    const allowed = await cluster.arm(podDelete, ofCatalogue(), { respectBudget: true });
    await podDelete.inject(allowed, cluster.tools());
    expect((await podDelete.status(allowed, cluster.tools())).state).toBe('active');
  });

  it('refuses pods that nothing would replace, and leaves out those that exclude themselves', async () => {
    await cluster.raw.ask('POST', '/api/v1/namespaces/shop/pods', pod('shop', 'alone', { labels: { app: 'alone' } }));
    await cluster.settled('catalogue');
    const { items } = await cluster.raw.get('/api/v1/namespaces/shop/pods?labelSelector=app%3Dcatalogue');
    const [first] = items;
    const exclude = { metadata: { annotations: { 'gameday.dev/exclude': 'true' } } };
    await cluster.raw.patch('merge', `/api/v1/namespaces/shop/pods/${first.metadata.name}`, exclude);
    const { targets, total } = await survey(ofCatalogue({ count: 2 }));
    expect([total, targets.map(({ identity }) => identity)]).toEqual([
      3,
      expect.not.arrayContaining([first.metadata.uid]),
    ]);
    await expect(cluster.prepare(podDelete, ofCatalogue({ labels: { app: 'alone' } }), params)).rejects.toThrow(
      /belongs to no Deployment/,
    );
  });
});
