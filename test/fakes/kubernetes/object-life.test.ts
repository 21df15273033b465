import { eventually } from '../../contract/eventually';
import { FakeSpace, namesIn } from './fake-space';
import { autoscaler, disruptionBudget } from './manifests';
import type { RawKubernetes, RawReply } from './raw-kubernetes';

let open: FakeSpace;
let raw: RawKubernetes;

beforeAll(async () => {
  open = await FakeSpace.open();
  raw = open.raw;
});

beforeEach(() => open.next());

afterAll(() => open.fake.close());

describe('the life of objects at the fake API server, seen over plain HTTPS', () => {
  describe('deleting', () => {
    it.each([
      ['uid', { uid: 'another' }],
      ['version', { resourceVersion: '1' }],
    ])('answers 409 when the %s is another', async (_, preconditions) => {
      await open.createPod();
      const { body } = await raw.ask('DELETE', `${open.pods}/one`, { preconditions });
      expect(body).toMatchObject({ code: 409, reason: 'Conflict' });
      expect((await raw.get(`${open.pods}/one`)).metadata.deletionTimestamp).toBeUndefined();
    });

    it('lets a pod terminate for its grace period and then ends it', async () => {
      const { uid } = (await open.createPod()).body.metadata;
      const { body } = await raw.ask('DELETE', `${open.pods}/one`, { preconditions: { uid } });
      expect([body.metadata.deletionGracePeriodSeconds, body.metadata.uid]).toEqual([30, uid]);
      await eventually('gone', 5_000, async () => (await raw.ask('GET', `${open.pods}/one`)).status === 404);
    });

    it('ends a pod at once without a grace period', async () => {
      await open.createPod();
      await raw.ask('DELETE', `${open.pods}/one`, { gracePeriodSeconds: 0 });
      expect((await raw.ask('GET', `${open.pods}/one`)).status).toBe(404);
    });

    it('keeps a pod with a finalizer until the finalizer is gone', async () => {
      await open.createPod('one', { finalizers: ['example.com/hold'] });
      await raw.ask('DELETE', `${open.pods}/one`, { gracePeriodSeconds: 0 });
      expect((await raw.get(`${open.pods}/one`)).metadata.deletionTimestamp).toMatch(/Z$/);
      await raw.patch('merge', `${open.pods}/one`, { metadata: { finalizers: null } });
      await eventually('gone', 5_000, async () => (await raw.ask('GET', `${open.pods}/one`)).status === 404);
    });

    it('takes what belongs to a Deployment with it, and what is in a namespace', async () => {
      await open.readyDeployment('web');
      await raw.ask('DELETE', `${open.deployments}/web`);
      await eventually('no pods', 5_000, async () => namesIn(await raw.get(open.pods)).length === 0);
      await open.createPod();
      await raw.ask('DELETE', `/api/v1/namespaces/${open.space}`);
      await eventually(
        'no namespace',
        5_000,
        async () => (await raw.ask('GET', `/api/v1/namespaces/${open.space}`)).status === 404,
      );
      expect(namesIn(await raw.get(open.pods))).toEqual([]);
    });
  });

  describe('its controllers', () => {
    it('replaces a pod after a while with another uid', async () => {
      await open.readyDeployment('web');
      const [first] = (await raw.get(open.pods)).items;
      await raw.ask('DELETE', `${open.pods}/${first.metadata.name}`, { gracePeriodSeconds: 0 });
      await eventually('a replacement', 5_000, async () => {
        const { items } = await raw.get(open.pods);
        return items.length === 2 && items.every((one: RawReply['body']) => one.metadata.uid !== first.metadata.uid);
      });
      await eventually(
        'ready',
        5_000,
        async () => (await raw.get(`${open.deployments}/web`)).status.readyReplicas === 2,
      );
    });

    it('follows the number of replicas down and up', async () => {
      await open.readyDeployment('web', 3);
      for (const replicas of [0, 2]) {
        await raw.patch('merge', `${open.deployments}/web`, { spec: { replicas } });
        await eventually(`${replicas} ready`, 5_000, async () => {
          const { status, metadata } = await raw.get(`${open.deployments}/web`);
          return status.readyReplicas === replicas && status.observedGeneration === metadata.generation;
        });
      }
    });

    it('serves autoscalers as records alone', async () => {
      const path = `/apis/autoscaling/v2/namespaces/${open.space}/horizontalpodautoscalers`;
      expect((await raw.ask('POST', path, autoscaler(open.space, 'web'))).status).toBe(201);
      expect((await raw.get(path)).items[0].spec.scaleTargetRef.name).toBe('web');
    });
  });

  describe('evicting', () => {
    const evict = (name: string, query = '', deleteOptions = {}) =>
      raw.ask('POST', `${open.pods}/${name}/eviction${query}`, {
        ...{ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: open.space }, deleteOptions },
      });
    const budgetsPath = () => `/apis/policy/v1/namespaces/${open.space}/poddisruptionbudgets`;

    it('deletes a pod that no budget protects, unless it is a dry run or the wrong pod', async () => {
      await open.createPod();
      expect((await evict('one', '?dryRun=All')).status).toBe(201);
      expect((await evict('one', '', { preconditions: { uid: 'another' } })).status).toBe(409);
      expect((await raw.get(`${open.pods}/one`)).metadata.deletionTimestamp).toBeUndefined();
      expect((await evict('one')).status).toBe(201);
      expect((await evict('two')).status).toBe(404);
    });

    it('answers 429 when a budget forbids it, and 500 when two claim the pod', async () => {
      await open.readyDeployment('web');
      await raw.ask('POST', budgetsPath(), disruptionBudget(open.space, 'web', 2));
      await eventually(
        'a budget status',
        5_000,
        async () => (await raw.get(`${budgetsPath()}/web`)).status !== undefined,
      );
      expect((await raw.get(`${budgetsPath()}/web`)).status).toMatchObject({
        currentHealthy: 2,
        disruptionsAllowed: 0,
      });
      const [name = ''] = namesIn(await raw.get(open.pods));
      const { status, body } = await evict(name);
      expect([status, body.reason, body.details.causes[0].reason]).toEqual([
        429,
        'TooManyRequests',
        'DisruptionBudget',
      ]);
      await raw.ask('POST', budgetsPath(), disruptionBudget(open.space, 'web', 1, 'second'));
      expect((await evict(name)).status).toBe(500);
      await raw.ask('DELETE', `${budgetsPath()}/web`);
      expect((await evict(name)).status).toBe(201);
    });
  });

  describe('watching', () => {
    it('begins with what is there and goes on with what happens', async () => {
      await open.createPod();
      const watching = raw.watch(`${open.pods}?watch=true&timeoutSeconds=0.3`);
      await open.createPod('two', { finalizers: ['example.com/hold'] });
      await raw.ask('DELETE', `${open.pods}/one`, { gracePeriodSeconds: 0 });
      const events = (await watching).map(({ type, object }) => `${type} ${object.metadata.name}`);
      expect(events).toEqual(expect.arrayContaining(['ADDED one', 'ADDED two', 'DELETED one']));
    });

    it('goes on from a version, and says so when that is too old', async () => {
      await open.createPod();
      const { metadata } = await raw.get(open.pods);
      await open.createPod('two');
      const since = (version: string) =>
        raw.watch(`${open.pods}?watch=1&timeoutSeconds=0.1&resourceVersion=${version}`);
      const events = await since(metadata.resourceVersion);
      expect(events.filter(({ type }) => type === 'ADDED').map(({ object }) => object.metadata.name)).toEqual(['two']);
      open.fake.store.history.splice(0, open.fake.store.history.length - 1);
      expect((await since('1'))[0]).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
    });

    it('sends bookmarks to who wants them', async () => {
      const path = `${open.pods}?watch=1&timeoutSeconds=0.2`;
      const types = async (query: string) => (await raw.watch(path + query)).map(({ type }) => type);
      expect(await types('&allowWatchBookmarks=true')).toContain('BOOKMARK');
      expect(await types('')).not.toContain('BOOKMARK');
    });

    it('shows an object that ceases to fit the selector as deleted', async () => {
      await open.createPod('one', { labels: { app: 'a' } });
      const watching = raw.watch(`${open.pods}?watch=1&timeoutSeconds=0.2&labelSelector=app%3Da`);
      await raw.patch('merge', `${open.pods}/one`, { metadata: { labels: { app: 'b' } } });
      const events = (await watching).filter(({ type }) => type !== 'MODIFIED').map(({ type }) => type);
      expect(events.at(-1)).toBe('DELETED');
    });
  });

  describe('trouble on demand', () => {
    it.each([429, 500, 503])('answers %s as often as was asked for', async (status) => {
      open.fake.trouble.set({ status, times: 2 });
      const answers = [
        await raw.ask('GET', open.pods),
        await raw.ask('GET', open.pods),
        await raw.ask('GET', open.pods),
      ];
      expect(answers.map((one) => one.status)).toEqual([status, status, 200]);
    });

    it('cuts connections and lets them work again', async () => {
      open.fake.trouble.set({ isCut: true });
      await expect(raw.ask('GET', open.pods)).rejects.toThrow();
      open.fake.trouble.set({ isCut: false });
      expect((await raw.ask('GET', open.pods)).status).toBe(200);
    });

    it('is slow', async () => {
      open.fake.trouble.set({ delayMs: 80 });
      const startedMs = performance.now();
      await raw.ask('GET', open.pods);
      expect(performance.now() - startedMs).toBeGreaterThanOrEqual(78);
    });

    it('drops a write before it is done, and can be told over the wire', async () => {
      open.fake.trouble.beforeWrite = () => false;
      await expect(open.createPod()).rejects.toThrow();
      open.fake.trouble.clear();
      expect(namesIn(await raw.get(open.pods))).toEqual([]);
      expect((await raw.ask('POST', '/fake/trouble', { status: 500, times: 1 })).status).toBe(200);
      expect((await raw.ask('GET', open.pods)).status).toBe(500);
    });
  });
});
