import { eventually } from '../contract/eventually';
import { disruptionBudget } from '../fakes/kubernetes/manifests';
import { deploy, deployments, livePods, pods, raw } from './kind-cluster';

jest.setTimeout(180_000);

/** What the drivers rely on and the fake imitates, asked of a real API server. */
describe('a real API server', () => {
  const path = `${deployments}/assumptions`;
  beforeAll(() => deploy('assumptions'));
  afterAll(() => raw.ask('DELETE', path));

  it.each([
    ['uid', { uid: 'another' }],
    ['version', { resourceVersion: '1' }],
  ])('deletes no pod of another %s', async (_, preconditions) => {
    const [pod] = await livePods('assumptions');
    const { status, body } = await raw.ask('DELETE', `${pods}/${pod.metadata.name}`, { preconditions });
    expect([status, body.reason]).toEqual([409, 'Conflict']);
  });

  it('answers 422 to a JSON patch whose test does not hold, and changes nothing', async () => {
    const { status } = await raw.patch('json', path, [
      { op: 'test', path: '/spec/replicas', value: 9 },
      { op: 'replace', path: '/spec/replicas', value: 1 },
    ]);
    expect([status, (await raw.get(path)).spec.replicas]).toEqual([422, 3]);
  });

  it('answers 409 to a merge patch on a version that is over', async () => {
    const { metadata } = await raw.get(path);
    await raw.patch('merge', path, { metadata: { labels: { colour: 'red' } } });
    const late = { metadata: { resourceVersion: metadata.resourceVersion, labels: { colour: 'blue' } } };
    expect((await raw.patch('merge', path, late)).status).toBe(409);
    expect((await raw.get(path)).metadata.labels.colour).toBe('red');
  });

  it('counts no generation for labels', async () => {
    const before = await raw.get(path);
    await raw.patch('merge', path, { metadata: { labels: { tier: 'x' } } });
    expect((await raw.get(path)).metadata.generation).toBe(before.metadata.generation);
  });

  it('answers 429 with a cause to an eviction that a budget forbids', async () => {
    const budgets = '/apis/policy/v1/namespaces/shop/poddisruptionbudgets';
    await raw.ask('POST', budgets, disruptionBudget('shop', 'assumptions', 3));
    const isSeen = async () => (await raw.get(`${budgets}/assumptions`)).status?.currentHealthy === 3;
    await eventually('the budget is seen', 60_000, isSeen);
    const [{ metadata }] = await livePods('assumptions');
    const eviction = {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: metadata.name, namespace: 'shop' },
    };
    const { status, body } = await raw.ask('POST', `${pods}/${metadata.name}/eviction`, eviction);
    expect([status, body.details.causes[0].reason]).toEqual([429, 'DisruptionBudget']);
    await raw.ask('DELETE', `${budgets}/assumptions`);
  });
});
