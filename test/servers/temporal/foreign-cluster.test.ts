import { join } from 'node:path';
import { searchAttributeNames } from '../../../src/client/search-attribute-names';
import { eventually } from '../../contract/eventually';
import { scenario } from '../../end-to-end/rig/scenario';
import { documentOf } from '../../harness/run-process';
import { eventsOf, gameday, writeScenario } from './beside-the-rig';
import { freePort, openForeignRig, type ForeignRig } from './foreign-rig';

jest.setTimeout(180_000);

const registering = 'OperatorService/AddSearchAttributes';

interface Opened {
  rig: ForeignRig;
  /** What a person sets to reach the server from elsewhere. */
  there: Record<string, string>;
  said(): string;
}

/** Worker, server and sentinel, each a process of its own. */
async function openAll(denied: string[] = []): Promise<Opened> {
  const rig = await openForeignRig(denied);
  const port = await freePort();
  const worker = rig.part('worker');
  const server = rig.part('server', '--port', port);
  const sentinel = rig.part('sentinel', '--port', await freePort());
  try {
    await Promise.all([worker.start(), server.start(), sentinel.start()]);
  } catch (error) {
    await rig.close();
    throw error;
  }
  return { rig, there: { GAMEDAY_URL: `http://127.0.0.1:${port}` }, said: () => worker.output + server.output };
}

async function registered(rig: ForeignRig): Promise<string[]> {
  const listed = JSON.parse(await rig.temporal.owner('operator', 'search-attribute', 'list'));
  return Object.keys(listed.customAttributes ?? {}).filter((name) => name.startsWith('Gameday'));
}

describe('a cluster of others behind mutual TLS, in a namespace without our search attributes', () => {
  let all: Opened;

  beforeAll(async () => void (all = await openAll()));
  afterAll(() => all.rig.close());

  test('registers them, and worker, server and command line carry a whole experiment through', async () => {
    const { rig, there, said } = all;
    expect((await registered(rig)).sort()).toEqual([...searchAttributeNames].sort());
    expect(said()).toContain('namespace chaos, mutual TLS, profile staging of temporal.toml');
    const ended = await gameday(rig, ['run', writeScenario(rig, '6s'), '--json'], there);
    const { verdict, experimentId } = documentOf(ended);
    expect({ code: ended.code, verdict }).toEqual({ code: 0, verdict: 'passed' });
    const events = await eventsOf(rig, experimentId);
    expect(events).toContain('UPSERT_WORKFLOW_SEARCH_ATTRIBUTES');
    const query = `GamedayExperiment = '${experimentId}' AND GamedayVerdict = 'passed'`;
    await eventually('Temporal lists it by its verdict', 10_000, async () => {
      return (await rig.temporal.owner('workflow', 'list', '--query', query)).includes(experimentId);
    });
    expect([...rig.front.guests]).toEqual(['gameday']);
  });

  test('gameday doctor names cluster, namespace, TLS, profile, search attributes and workers', async () => {
    const { stdout } = await gameday(all.rig, ['doctor', '--json'], all.there);
    const found = JSON.parse(stdout).checks.find(({ name }: { name: string }) => name === 'temporal');
    expect(found.state).toBe('ok');
    expect(found.found).toBe(
      `${all.rig.front.address}, namespace chaos, mutual TLS, profile staging of temporal.toml; search attributes present; 1 worker polls`,
    );
  });

  test.each([
    ['a certificate of somebody else', 'stranger', 'chaos', /does not accept our client certificate/],
    ['an unknown namespace', 'client', 'nowhere', /it has no namespace nowhere/],
  ])('%s is one clear error without a stack or a key', async (_, certificate, namespace, why) => {
    const { rig } = all;
    const env = {
      TEMPORAL_NAMESPACE: namespace,
      TEMPORAL_TLS_CLIENT_CERT_PATH: join(rig.home, `${certificate}.pem`),
      TEMPORAL_TLS_CLIENT_KEY_PATH: join(rig.home, `${certificate}.key`),
    };
    const { code, stdout, stderr } = await gameday(rig, ['worker'], env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(why);
    expect(stderr.match(/error:/g)).toHaveLength(1);
    expect(stderr).not.toMatch(/PRIVATE KEY|\n +at /);
    expect([...rig.front.guests]).toEqual(['gameday']);
  });

  test('search attributes that are removed meanwhile keep no experiment from its verdict', async () => {
    const { rig, there } = all;
    const names = searchAttributeNames.flatMap((name) => ['--name', name]);
    await rig.temporal.owner('operator', 'search-attribute', 'remove', ...names, '--yes');
    const ended = await gameday(rig, ['run', writeScenario(rig, '6s'), '--json'], there);
    const { verdict, experimentId } = documentOf(ended);
    expect({ code: ended.code, verdict }).toEqual({ code: 0, verdict: 'passed' });
    expect(await eventsOf(rig, experimentId)).not.toContain('UPSERT_WORKFLOW_SEARCH_ATTRIBUTES');
  });
});

describe('a cluster that does not let us register search attributes', () => {
  let all: Opened;

  beforeAll(async () => void (all = await openAll([registering])));
  afterAll(() => all.rig.close());

  test('runs without them, says so once, and the experiment passes', async () => {
    const { rig, there, said } = all;
    expect(rig.front.denials).toEqual([expect.stringContaining(registering)]);
    expect(said().match(/lacks Gameday's search attributes: it does not permit us to register them/g)).toHaveLength(1);
    const ended = await gameday(rig, ['run', writeScenario(rig, '6s'), '--json'], there);
    const { verdict, experimentId } = documentOf(ended);
    expect({ code: ended.code, verdict }).toEqual({ code: 0, verdict: 'passed' });
    expect(await eventsOf(rig, experimentId)).not.toContain('UPSERT_WORKFLOW_SEARCH_ATTRIBUTES');
    expect(await registered(rig)).toEqual([]);
  });

  test('gameday doctor says that they are missing and what the owner of the namespace can run', async () => {
    const { stdout } = await gameday(all.rig, ['doctor', '--json'], all.there);
    const found = JSON.parse(stdout).checks.find(({ name }: { name: string }) => name === 'temporal');
    expect(found).toMatchObject({ state: 'note', found: expect.stringContaining('search attributes missing') });
    expect(found.help).toContain('temporal operator search-attribute create --namespace chaos');
  });

  test.each([
    ['through the API', {}],
    ['through Temporal alone', { GAMEDAY_URL: 'http://127.0.0.1:9' }],
  ])('status lists what is open, and abort ends it %s', async (_, without) => {
    const { rig, there } = all;
    const experimentId = await rig
      .api(Number(new URL(there.GAMEDAY_URL ?? '').port))
      .start(scenario(rig.side, { hold: '2m', baseline: '1s' }));
    await eventually('the fault is there', 60_000, async () => (await rig.side.faults()).length === 1);
    const status = await gameday(rig, ['status', '--json'], there);
    expect(JSON.parse(status.stdout)).toMatchObject({
      open: [experimentId],
      injections: [expect.objectContaining({ experimentId, environment: 'noop', lockKey: rig.side.lockKey })],
    });
    const aborted = await gameday(rig, ['abort', experimentId], { ...there, ...without });
    expect(aborted.code).toBe(0);
    await eventually('the fault is gone', 10_000, async () => (await rig.side.faults()).length === 0);
    const { verdict } = await rig.api(Number(new URL(there.GAMEDAY_URL ?? '').port)).untilEnded(experimentId, 60_000);
    expect(verdict.verdict).toBe('aborted');
  });

  test('halt stops what is open and admits nothing until it is resumed', async () => {
    const { rig, there } = all;
    const api = rig.api(Number(new URL(there.GAMEDAY_URL ?? '').port));
    const experimentId = await api.start(scenario(rig.side, { hold: '2m', baseline: '1s' }));
    await eventually('the fault is there', 60_000, async () => (await rig.side.faults()).length === 1);
    expect((await gameday(rig, ['halt', 'noop'], { ...there, GAMEDAY_URL: 'http://127.0.0.1:9' })).code).toBe(0);
    expect((await api.untilEnded(experimentId, 60_000)).verdict.verdict).toBe('aborted');
    expect(await rig.side.faults()).toEqual([]);
    const refused = await gameday(rig, ['run', writeScenario(rig, '6s'), '--json'], there);
    expect({ code: refused.code, verdict: documentOf(refused).verdict }).toEqual({ code: 3, verdict: 'refused' });
    expect((await gameday(rig, ['resume', 'noop', '--reason', 'all is well'], there)).code).toBe(0);
    const resumed = await gameday(rig, ['run', writeScenario(rig, '6s'), '--json'], there);
    expect(documentOf(resumed).verdict).toBe('passed');
  });
});
