import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { until } from '../../activities/signals/fake-server';
import { openProbe, readNow } from '../../activities/signals/open-probe';
import { documentOf, startRun } from '../../harness/run-process';
import { RunningUp } from '../../harness/running-up';
import { WatchedProcess } from '../../harness/watched-process';
import { Workplace } from '../../harness/workplace';
import { ownPrometheus, type OwnPrometheus } from './own-prometheus';

jest.setTimeout(240_000);

let workplace: Workplace;
let up: RunningUp;
let worker: WatchedProcess;
let prometheus: OwnPrometheus;

beforeAll(async () => {
  workplace = await Workplace.open();
  const environments = join(workplace.dir, 'environments');
  // The other worker serves an environment of its own, so that only the server's process injects into demo.
  cpSync(join(environments, 'demo.yaml'), join(environments, 'elsewhere.yaml'));
  const elsewhere = join(environments, 'elsewhere.yaml');
  writeFileSync(elsewhere, readFileSync(elsewhere, 'utf8').replace('name: demo', 'name: elsewhere'));
  up = await RunningUp.start(workplace);
  worker = new WatchedProcess(workplace.start(['worker', '--environment', 'elsewhere']));
  const [, metricsUrl = ''] = await worker.says(/(http:\/\/\S+)\/metrics/);
  prometheus = await ownPrometheus({
    scrape: [
      { job_name: 'worker', static_configs: [{ targets: [new URL(metricsUrl).host] }] },
      {
        job_name: 'server',
        ...{ metrics_path: '/metrics', authorization: { credentials: up.token } },
        static_configs: [{ targets: [new URL(up.url).host] }],
      },
    ],
  });
  const demo = join(environments, 'demo.yaml');
  const connected = `connections:\n  prometheus: { url: 'http://${prometheus.host}' }\n`;
  writeFileSync(demo, readFileSync(demo, 'utf8').replace('connections:\n', connected));
});

afterAll(async () => {
  await prometheus.stop();
  await worker.end('SIGINT');
  await up.stop();
  await workplace.close();
});

async function read(query: string) {
  const probe = await openProbe(
    'prometheus',
    { query, maxAge: '3s' },
    { connection: { url: `http://${prometheus.host}` } },
  );
  const reading = await readNow(probe, 'value', 4_000);
  await probe.close();
  return reading;
}

test('server and worker are scraped, and say through the signal what they do', async () => {
  await until(async () => (await read('sum(up{job=~"server|worker"})')).state === 'ok');
  await until(async () => {
    const both = await read('sum(up{job=~"server|worker"})');
    return both.state === 'ok' && both.value === 2;
  });
  expect(await read('sum(gameday_experiments_total{job="worker"})')).toMatchObject({ state: 'ok', value: 0 });
  expect(await read('sum(gameday_experiments_total{job="server"})')).toMatchObject({ state: 'ok' });
  expect(await read('gameday_injections_active')).toMatchObject({
    state: 'error',
    reason: expect.stringMatching(/2 series/),
  });
});

const signal = (query: string, window: string, more = '') => `
signals:
  active:
    prometheus: { query: '${query}', maxAge: 2s ${more}}
    window: ${window}
    every: 500ms
`;

/** An experiment that harms nothing and looks at what Gameday itself says of its faults. */
function scenario(name: string, query: string, steady: string, during: string): string {
  return `kind: experiment
name: ${name}
environment: demo
hypothesis: The metrics of Gameday say when a fault is in effect.
${signal(query, '4s')}
steadyState: { for: 5s, expect: { active: '${steady}' } }
steps:
  - { inject: noop/nothing, target: { name: anything }, for: 8s }
during: { expect: { active: '${during}' } }
guards: [{ signal: active, above: 5, for: 2 of 3 }]
recovery: { within: 30s, expect: { active: '${steady}' } }
`;
}

const judged = z.object({ isSame: z.boolean(), mismatches: z.array(z.string()), gaps: z.array(z.string()) });
const injections = 'sum(gameday_injections_active{job="server"})';

async function run(name: string, text: string) {
  writeFileSync(join(workplace.dir, 'scenarios', `${name}.yaml`), text);
  const { run: started, experimentId } = await startRun(workplace, [`scenarios/${name}.yaml`]);
  const ended = await started.ended;
  return { experimentId, code: ended.code, document: documentOf(ended) };
}

test('an experiment is judged by samples that were taken during its fault and by no others', async () => {
  // 0 before, 1 during, 0 after: a reading that still holds the time before would break the expectation.
  const { experimentId, code, document } = await run('active', scenario('active', injections, '== 0', '== 1'));

  expect([document.verdict, code, document.reasons]).toEqual(['passed', 0, expect.anything()]);
  const { stdout } = await workplace.run(['judge', experimentId, '--json']);
  expect(judged.parse(JSON.parse(stdout))).toEqual({ isSame: true, mismatches: [], gaps: [] });
});

test('what Prometheus says during the fault decides', async () => {
  const { code, document } = await run('calm', scenario('calm', injections, '== 0', '== 0'));

  expect([document.verdict, code]).toEqual(['failed', 1]);
  expect(document.reasons.join('; ')).toMatch(/active was 1/);
});

test.each([
  ['broken', 'sum(gameday_injections_active', /the query is refused: .*parse error/],
  ['several', 'gameday_injections_active', /the query yields 2 series/],
  ['missing', 'sum(gameday_never_counted)', /the query yields nothing/],
])('nothing is injected when the query is %s', async (name, query, reason) => {
  const { code, document } = await run(name, scenario(name, query, '== 0', '== 1'));

  expect([document.verdict, code]).toEqual(['refused', 3]);
  expect(document.reasons.join('; ')).toMatch(reason);
  expect(JSON.stringify(document)).toContain('"injections":[]');
});
