import { deploymentScale } from '../../../../activities/faults/kubernetes/deployment-scale';
import { startFakeKubernetes } from '../../../fakes/kubernetes/fake-kubernetes';
import { Cluster } from './cluster';

let cluster: Cluster;
const target = { namespace: 'shop', name: 'catalogue' };
const survey = (connection: unknown) =>
  deploymentScale.survey({ target, params: { replicas: 1 } }, cluster.tools({ connection }));

function kubeconfig(change: object = {}, user: object = { token: cluster.fake.token }): string {
  const data = Buffer.from(cluster.fake.ca).toString('base64');
  return JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'first' },
    clusters: [{ name: 'here', cluster: { server: cluster.fake.url, 'certificate-authority-data': data, ...change } }],
    users: [{ name: 'we', user }],
    contexts: [{ name: 'first', context: { cluster: 'here', user: 'we' } }],
  });
}

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.reset();
  await cluster.deploy('catalogue', { replicas: 3 });
});

afterEach(() => cluster.fake.trouble.clear());

afterAll(() => cluster.fake.close());

describe('the connection to Kubernetes', () => {
  it('can be a kubeconfig and one of its contexts', async () => {
    expect((await survey({ kubeconfig: kubeconfig() })).refusals).toEqual([]);
    expect((await survey({ kubeconfig: kubeconfig(), context: 'first' })).refusals).toEqual([]);
  });

  it.each([
    ['nothing', () => ({}), /expected either kubeconfig/],
    ['half of each', () => ({ server: cluster.fake.url }), /expected either kubeconfig/],
    ['plain HTTP', () => ({ server: 'http://127.0.0.1:1', token: 'x' }), /server: expected an address such as https/],
    ['a kubeconfig with plain HTTP', () => ({ kubeconfig: kubeconfig({ server: 'http://127.0.0.1:1' }) }), /not https/],
    ['no verification', () => ({ kubeconfig: kubeconfig({ 'insecure-skip-tls-verify': true }) }), /verification off/],
    ['an unknown context', () => ({ kubeconfig: kubeconfig(), context: 'second' }), /no such context/],
    ['no YAML', () => ({ kubeconfig: '{' }), /cannot be read/],
  ])('is refused when it is %s', async (_, connection, expected) => {
    await expect(survey(connection())).rejects.toMatchObject({
      name: 'Invalid',
      message: expect.stringMatching(expected),
    });
  });

  it('trusts no server of another certificate authority', async () => {
    const other = await startFakeKubernetes();
    await other.close();
    const { url: server, token } = cluster.fake;
    expect((await survey({ server, token, ca: other.ca })).refusals[0]).toMatch(/certificate authority the one given/);
  });

  it('says that credentials are not accepted, without them', async () => {
    const { url: server, ca } = cluster.fake;
    const [refusal] = (await survey({ server, ca, token: 'planted-4c1d' })).refusals;
    expect(refusal).toMatch(/does not accept our credentials.*\(401\)/);
    expect(refusal).not.toContain('planted');
  });

  it('gives up when the caller has no more time', async () => {
    cluster.fake.trouble.set({ delayMs: 60_000 });
    const tools = cluster.tools({ signal: AbortSignal.timeout(50) });
    const { refusals } = await deploymentScale.survey({ target, params: { replicas: 1 } }, tools);
    expect(refusals[0]).toMatch(/given up before an answer came/);
  });

  it.each([429, 500, 503])('takes an answer of %i for no answer to what is there', async (status) => {
    const injection = await cluster.prepare(deploymentScale, target, { replicas: 1 });
    cluster.fake.trouble.set({ status, times: 1 });
    await expect(deploymentScale.rollback(injection, cluster.tools())).rejects.toThrow(`(${status})`);
    cluster.fake.trouble.set({ status, times: 1 });
    expect((await deploymentScale.status(injection, cluster.tools())).state).toBe('unknown');
  });

  it('never takes a workload for gone because it leads to another cluster by now', async () => {
    const injection = await cluster.prepare(deploymentScale, target, { replicas: 1 });
    const other = await startFakeKubernetes();
    const connection = { server: other.url, ca: other.ca, token: other.token, deniedNamespaces: [] };
    await expect(deploymentScale.rollback(injection, cluster.tools({ connection }))).rejects.toThrow(/another cluster/);
    await other.close();
  });
});

describe('the list of faults in a cluster', () => {
  afterEach(async () => {
    cluster.fake.trouble.clear();
    await cluster.patch('catalogue', { metadata: { labels: { 'gameday.dev/injection': null } } });
  });

  it('goes beyond the namespaces that are opted in, as far as it may look', async () => {
    const injection = await cluster.arm(deploymentScale, target, { replicas: 1 });
    const elsewhere = cluster.tools({ optedIn: [{ namespace: 'other' }] });
    expect(await deploymentScale.listFaults(elsewhere)).toEqual([injection]);
    await deploymentScale.rollback(injection, elsewhere);
    expect(await deploymentScale.listFaults(elsewhere)).toEqual([]);
  });

  it('is never empty only because nobody answered', async () => {
    cluster.fake.trouble.set({ isCut: true });
    await expect(deploymentScale.listFaults(cluster.tools())).rejects.toThrow(/cannot list/);
  });

  it('says so when a tag cannot be read, rather than leaving it out', async () => {
    await cluster.patch('catalogue', { metadata: { labels: { 'gameday.dev/injection': 'unknown-1-1' } } });
    await expect(deploymentScale.listFaults(cluster.tools())).rejects.toMatchObject({
      name: 'IncompleteList',
      faults: [],
      problems: [expect.stringContaining('shop/catalogue carries unknown-1-1')],
    });
  });
});
