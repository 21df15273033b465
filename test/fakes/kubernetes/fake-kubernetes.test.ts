import { eventually } from '../../contract/eventually';
import type { PolicyRule } from './access';
import { startFakeKubernetes } from './fake-kubernetes';
import { FakeSpace, namesIn } from './fake-space';
import { deployment, pod } from './manifests';
import { RawKubernetes } from './raw-kubernetes';

let open: FakeSpace;
let raw: RawKubernetes;

beforeAll(async () => {
  open = await FakeSpace.open();
  raw = open.raw;
});

beforeEach(() => open.next());

afterAll(() => open.fake.close());

describe('the fake API server, asked over plain HTTPS', () => {
  describe('who may do what', () => {
    const rule: PolicyRule = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] };

    it.each([undefined, 'wrong'])('answers 401 to the token %s', async (token) => {
      const nobody = new RawKubernetes({ url: open.fake.url, ca: open.fake.ca, ...(token && { token }) });
      const { status, body } = await nobody.ask('GET', open.pods);
      expect([status, body.kind, body.reason]).toEqual([401, 'Status', 'Unauthorized']);
    });

    it('is believed only by who trusts its certificate', async () => {
      const other = await startFakeKubernetes();
      await other.close();
      const distrusting = new RawKubernetes({ ...open.fake, ca: other.ca });
      await expect(distrusting.ask('GET', open.pods)).rejects.toThrow(/certificate/);
    });

    it('answers 403 to what no rule covers, and says what was missing', async () => {
      const { token } = open.fake.addUser('reader', [
        { namespace: open.space, rules: [{ ...rule, resourceNames: ['one'] }] },
      ]);
      const reader = new RawKubernetes({ ...open.fake, token });
      await open.createPod();
      expect((await reader.ask('GET', `${open.pods}/one`)).status).toBe(200);
      const { status, body } = await reader.ask('DELETE', `${open.pods}/one`);
      expect([status, body.reason]).toEqual([403, 'Forbidden']);
      expect(body.message).toContain('cannot delete resource "pods"');
      expect((await reader.ask('GET', `${open.pods}/two`)).status).toBe(403);
      expect((await reader.ask('GET', '/api/v1/namespaces/default/pods/one')).status).toBe(403);
    });

    it.each([
      ['get', 'pods', '', true],
      ['delete', 'pods', '', false],
      ['create', 'pods', 'eviction', false],
    ])('reviews access to %s %s/%s as %s', async (verb, resource, subresource, expected) => {
      const { token } = open.fake.addUser('reviewed', [{ namespace: open.space, rules: [rule] }]);
      const resourceAttributes = { verb, group: '', resource, subresource, namespace: open.space };
      const asked = new RawKubernetes({ ...open.fake, token });
      const { status, body } = await asked.ask('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        spec: { resourceAttributes },
      });
      expect([status, body.status.allowed]).toEqual([201, expected]);
    });
  });

  describe('reading', () => {
    it('answers 404 for objects and paths that are not there', async () => {
      expect((await raw.ask('GET', `${open.pods}/one`)).body).toMatchObject({ code: 404, reason: 'NotFound' });
      expect((await raw.ask('GET', '/apis/batch/v1/namespaces/default/jobs')).status).toBe(404);
      expect((await raw.ask('DELETE', open.pods)).status).toBe(405);
    });

    it('lists with a version, in one namespace or in all', async () => {
      await open.createPod();
      const list = await raw.get(open.pods);
      expect([list.kind, namesIn(list)]).toEqual(['PodList', ['one']]);
      expect(Number(list.metadata.resourceVersion)).toBeGreaterThan(1);
      expect(namesIn(await raw.get('/api/v1/pods?fieldSelector=metadata.name=one')).length).toBeGreaterThanOrEqual(1);
    });

    it.each([
      ['labelSelector', 'app=a', ['one']],
      ['labelSelector', 'app!=a', ['three', 'two']],
      ['labelSelector', 'app in (a, b)', ['one', 'two']],
      ['labelSelector', 'app notin (a),tier', ['two']],
      ['labelSelector', '!app', ['three']],
      ['fieldSelector', 'metadata.name=two', ['two']],
      ['fieldSelector', 'metadata.name!=two', ['one', 'three']],
    ])('chooses by %s %s', async (kind, selector, expected) => {
      await open.createPod('one', { labels: { app: 'a' } });
      await open.createPod('two', { labels: { app: 'b', tier: 'x' } });
      await open.createPod('three');
      expect(namesIn(await raw.get(`${open.pods}?${kind}=${encodeURIComponent(selector)}`))).toEqual(expected);
    });

    it.each(['labelSelector=a b', 'fieldSelector=spec.color=red'])('answers 400 to %s', async (query) => {
      expect((await raw.ask('GET', `${open.pods}?${query.replace(' ', '%20')}`)).status).toBe(400);
    });
  });

  describe('creating and changing', () => {
    it('gives an identity and a first generation, and refuses a second of the name', async () => {
      const { status, body } = await raw.ask('POST', open.deployments, deployment(open.space, 'web'));
      expect([status, body.metadata.generation]).toEqual([201, 1]);
      expect(body.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
      const again = await raw.ask('POST', open.deployments, deployment(open.space, 'web'));
      expect(again.body).toMatchObject({ code: 409, reason: 'AlreadyExists' });
    });

    it.each([
      ['another kind', () => ({ ...pod(open.space, 'one'), kind: 'Deployment' }), 400],
      ['no JSON', () => '{', 400],
      ['a name in capitals', () => pod(open.space, 'ONE'), 422],
      ['a label value with spaces', () => pod(open.space, 'one', { labels: { app: 'a b' } }), 422],
    ])('answers to %s', async (_, body, expected) => {
      expect((await raw.ask('POST', open.pods, body())).status).toBe(expected);
    });

    it('answers 422 to a negative number of replicas and 404 to a missing namespace', async () => {
      const negative = deployment(open.space, 'web', { replicas: -1 });
      expect((await raw.ask('POST', open.deployments, negative)).status).toBe(422);
      expect((await raw.ask('POST', '/api/v1/namespaces/nowhere/pods', pod('nowhere', 'one'))).status).toBe(404);
    });

    it('counts generations of the spec only, and versions of everything', async () => {
      await open.readyDeployment('web');
      const path = `${open.deployments}/web`;
      const before = await raw.get(path);
      const labelled = (await raw.patch('merge', path, { metadata: { labels: { colour: 'red' } } })).body;
      expect(labelled.metadata.generation).toBe(before.metadata.generation);
      expect(Number(labelled.metadata.resourceVersion)).toBeGreaterThan(Number(before.metadata.resourceVersion));
      const scaled = (await raw.patch('merge', path, { spec: { replicas: 1 } })).body;
      expect(scaled.metadata.generation).toBe(2);
      await eventually('observed', 5_000, async () => (await raw.get(path)).status.observedGeneration === 2);
    });

    it('keeps a status apart from its spec', async () => {
      const { body } = await open.createPod();
      const status = { phase: 'Failed', conditions: [] };
      const changed = await raw.ask('PUT', `${open.pods}/one`, { ...body, metadata: { name: 'one' }, status });
      expect(changed.body.status.phase).not.toBe('Failed');
      const told = await raw.patch('merge', `${open.pods}/one/status`, { status, metadata: { labels: { a: 'b' } } });
      expect([told.body.status.phase, told.body.metadata.labels]).toEqual(['Failed', undefined]);
    });

    it('replaces on PUT and answers 409 to a version that is over', async () => {
      await open.readyDeployment('web');
      const path = `${open.deployments}/web`;
      const read = await raw.get(path);
      const wanted = { ...read, spec: { ...read.spec, replicas: 3 } };
      expect((await raw.ask('PUT', path, wanted)).status).toBe(200);
      expect((await raw.ask('PUT', path, wanted)).body).toMatchObject({ code: 409, reason: 'Conflict' });
    });

    it('does nothing on a dry run', async () => {
      expect((await raw.ask('POST', `${open.pods}?dryRun=All`, pod(open.space, 'one'))).status).toBe(201);
      expect((await raw.ask('GET', `${open.pods}/one`)).status).toBe(404);
      await open.createPod();
      const before = await raw.get(`${open.pods}/one`);
      const dry = await raw.patch('merge', `${open.pods}/one?dryRun=All`, { metadata: { labels: { a: 'b' } } });
      expect(dry.body.metadata.labels).toEqual({ a: 'b' });
      expect((await raw.ask('DELETE', `${open.pods}/one?dryRun=All`)).status).toBe(200);
      expect((await raw.get(`${open.pods}/one`)).metadata.labels).toBeUndefined();
      expect((await raw.get(`${open.pods}/one`)).metadata.uid).toBe(before.metadata.uid);
    });
  });

  describe('patches', () => {
    const path = () => `${open.deployments}/web`;
    beforeEach(() => raw.ask('POST', open.deployments, deployment(open.space, 'web')));

    it('merges, and removes what is null', async () => {
      const { body } = await raw.patch('merge', path(), { metadata: { labels: { app: null, tier: 'x' } } });
      expect(body.metadata.labels).toEqual({ 'gameday.dev/enabled': 'true', tier: 'x' });
    });

    it('drops a map that has become empty', async () => {
      await raw.patch('merge', path(), { metadata: { annotations: { note: 'x' } } });
      const { body } = await raw.patch('json', path(), [{ op: 'remove', path: '/metadata/annotations/note' }]);
      expect(body.metadata.annotations).toBeUndefined();
    });

    it('answers 409 to a merge patch on a version that is over', async () => {
      const { metadata } = await raw.get(path());
      const patch = (tier: string) => ({ metadata: { resourceVersion: metadata.resourceVersion, labels: { tier } } });
      await eventually('a later version', 5_000, async () => {
        const now = await raw.get(path());
        return now.metadata.resourceVersion !== metadata.resourceVersion;
      });
      expect((await raw.patch('merge', path(), patch('y'))).body).toMatchObject({ code: 409, reason: 'Conflict' });
    });

    it('answers 422 to a patch of the uid', async () => {
      expect((await raw.patch('merge', path(), { metadata: { uid: 'another' } })).status).toBe(422);
    });

    it.each([
      [
        'test',
        [
          { op: 'test', path: '/spec/replicas', value: 2 },
          { op: 'replace', path: '/spec/replicas', value: 1 },
        ],
        200,
      ],
      [
        'failed test',
        [
          { op: 'test', path: '/spec/replicas', value: 9 },
          { op: 'replace', path: '/spec/replicas', value: 1 },
        ],
        422,
      ],
      ['escaped key', [{ op: 'remove', path: '/metadata/labels/gameday.dev~1enabled' }], 200],
      ['missing key', [{ op: 'remove', path: '/metadata/labels/none' }], 422],
      ['add to a missing map', [{ op: 'add', path: '/metadata/annotations/note', value: 'x' }], 422],
      ['unknown operation', [{ op: 'spoil', path: '/spec/replicas' }], 400],
      ['no list', { spec: {} }, 400],
    ])('applies a JSON patch as a whole or not at all: %s', async (_, patch, expected) => {
      const before = await raw.get(path());
      expect((await raw.patch('json', path(), patch)).status).toBe(expected);
      const { spec } = await raw.get(path());
      expect(spec.replicas).toBe(
        expected === 200 && JSON.stringify(patch).includes('replicas') ? 1 : before.spec.replicas,
      );
    });

    it('merges lists of containers by name in a strategic patch, and refuses what it does not know', async () => {
      const containers = [
        { name: 'side', image: 'side:1' },
        { name: 'main', image: 'shop/web:2.0.0' },
      ];
      const { body } = await raw.patch('strategic', path(), { spec: { template: { spec: { containers } } } });
      expect(body.spec.template.spec.containers).toEqual([
        { name: 'main', image: 'shop/web:2.0.0' },
        { name: 'side', image: 'side:1' },
      ]);
      const gone = { spec: { template: { spec: { containers: [{ name: 'side', $patch: 'delete' }] } } } };
      expect((await raw.patch('strategic', path(), gone)).body.spec.template.spec.containers).toHaveLength(1);
      const order = { spec: { template: { spec: { '$setElementOrder/containers': [] } } } };
      expect((await raw.patch('strategic', path(), order)).status).toBe(400);
    });

    it('answers 415 to any other kind of patch', async () => {
      expect((await raw.ask('PATCH', path(), {}, 'application/apply-patch+yaml')).status).toBe(415);
    });
  });
});
