import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { catalogue } from '../../activities/catalogue';
import { createActivities } from '../../activities';
import type { Tools } from '../../activities/tools';
import { EnvironmentFolder } from '../../src/environments/environment-folder';
import type { Plan } from '../../src/domain/plan';
import { addToken } from '../../src/people/manage-tokens';
import { reportFormats } from '../../src/report';
import { parseEnvironment } from '../../src/scenario/environment';
import { planScenario } from '../../src/scenario/parse-scenario';
import { formatProblem } from '../../src/scenario/problem';
import { environmentAccess } from '../../src/worker/environment-access';
import { serve } from '../api/serve';
import { captureOutput } from '../contract/capture-output';
import { startHostileControl, type HostileControl } from '../contract/hostile-control';
import { secrecyLines } from '../contract/lines/secrecy-lines';
import { startTarget, type TargetProcess } from '../contract/target-process';
import { anEvidence } from '../fakes/evidence';
import { calmTools } from './calm-tools';
import { contractWorldsOfThisFile, kinds } from './contract-worlds';
import { inActivity } from './in-activity';

const secret = 'planted-secret-7d20';
const worldOf = contractWorldsOfThisFile();

test.each(kinds)('%s tells no planted secret in any result, error or log', async (kind) => {
  for (const { check } of secrecyLines) await check(worldOf(kind));
});

describe('an environment whose secrets are references', () => {
  let folder: string;
  let target: TargetProcess;
  let hostile: HostileControl;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gameday-secret-'));
    target = await startTarget({ service: 'payment', points: ['charge'], token: secret });
    hostile = await startHostileControl(500);
    writeFileSync(join(folder, 'control.token'), `${secret}\n`);
    writeFileSync(join(folder, 'demo.yaml'), environmentText(target.control));
  });
  afterAll(async () => {
    hostile.close();
    await target.kill();
    rmSync(folder, { recursive: true });
  });

  const opened = () => new EnvironmentFolder(folder, catalogue, { PROBE_TOKEN: secret });
  const toolsHere = (): Tools =>
    calmTools({ environment: async (name, reading) => environmentAccess(opened(), name, reading) });
  const planHere = (): Plan => {
    const planned = planScenario(scenarioText(hostile.port), 'a.yaml', { catalogue, environments: opened().all() });
    if (!planned.isValid) throw new Error(planned.problems.map(formatProblem).join('\n'));
    return planned.value;
  };

  test('puts none of them into what a workflow history holds, the evidence, or a page', async () => {
    const { result, output } = await captureOutput(() => liveThrough(toolsHere(), planHere()));
    const evidence = anEvidence({ plan: planHere(), errors: [inspect(result)] });
    const verdict = { verdict: 'errored', rule: 5, reasons: [inspect(result, { depth: null })] } as const;
    const reports = reportFormats.map(({ render }) =>
      render({ evidence, verdict: { ...verdict, reasons: [...verdict.reasons] }, chunks: [] }),
    );
    const told = [inspect(result, { depth: null }), JSON.stringify(result), output, ...reports, target.output()];
    expect(told.filter((text) => text.includes(secret))).toEqual([]);
    expect(result.faultSeen).toBe('active');
  });
});

/** Every activity that touches a target or a signal, as a worker calls it: what it takes and what comes back. */
async function liveThrough(tools: Tools, plan: Plan) {
  const { inject, watch } = createActivities(tools);
  const call = { environment: 'demo', isRehearsal: false };
  const { surveys } = await inActivity(() => inject.surveyTargets({ ...call, plan }));
  const prepared = {
    ...{
      injectionId: 'secret-1-1',
      experimentId: 'secret',
      environment: 'demo',
      lockKey: 'sdk:payment',
      leaseMs: 10_000,
    },
    ...{
      fault: 'sdk/error',
      targets: surveys[0]?.targets ?? [],
      params: { status: 503, exception: false, percent: 40 },
    },
    ...{
      hardStopAt: new Date(Date.now() + 60_000).toISOString(),
      notAfter: new Date(Date.now() + 90_000).toISOString(),
    },
  };
  const injection = await inActivity(() => inject.prepareFault({ ...call, prepared }));
  await inActivity(() => inject.armFault({ ...call, injection }));
  const injected = await inActivity(() => inject.injectFault({ ...call, injection }));
  const asked = { ...call, experimentId: 'secret', id: 'baseline-1', purpose: 'baseline', plan, baseline: {} } as const;
  const seen = await inActivity(() => watch.observe({ ...asked, injections: [], forMs: 100 }));
  const rolledBack = await inActivity(() => inject.rollBackFault({ ...call, injection }));
  return { plan, surveys, injection, injected, seen, rolledBack, faultSeen: injected.status.state };
}

function environmentText(port: number, token = '{ file: control.token }'): string {
  return `kind: environment
name: demo
connections:
  sdk: { payment: { url: "http://127.0.0.1:${port}", token: ${token} }, probe: { url: "http://127.0.0.1:${port}", token: { env: PROBE_TOKEN } } }
targets:
  sdk: [{ service: payment, points: [charge] }]
limits: { targetsMax: 1, trafficPercentMax: 100, injectionMax: 10m }
`;
}

/** Its signal is read, with a secret header, from somebody who answers with whatever was sent. */
function scenarioText(port: number, header = '{ env: PROBE_TOKEN }'): string {
  return `kind: experiment
name: with-secrets
environment: demo
hypothesis: Nothing is told.
signals:
  state: { json: { url: "http://127.0.0.1:${port}/state?sort=asc", path: $.error, headers: { authorization: ${header} } } }
steadyState: { for: 1s, expect: { state: "== good" } }
steps:
  - { inject: sdk/error, target: { service: payment, point: charge }, with: { percent: 40 }, for: 1s }
during: { expect: { state: "== good" } }
`;
}

test('a secret that stands in a file as plain text is refused and not repeated', () => {
  const environment = parseEnvironment(environmentText(1, `"${secret}"`), 'demo.yaml', catalogue);
  expect(environment.isValid).toBe(false);
  const sound = parseEnvironment(environmentText(1), 'demo.yaml', catalogue);
  const environments = sound.isValid ? [sound.value] : [];
  const scenario = planScenario(scenarioText(1, `"Bearer ${secret}"`), 'a.yaml', { catalogue, environments });
  expect(scenario.isValid).toBe(false);
  const problems = [environment, scenario].flatMap((one) => (one.isValid ? [] : one.problems.map(formatProblem)));
  expect(problems.join()).toMatch(/only as a reference.*carries a secret/s);
  expect(problems.join()).not.toContain(secret);
});

test('a token of a person is kept as its hash alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gameday-people-'));
  const file = join(folder, 'people.json');
  const token = await addToken(file, { name: 'olga', groups: ['sre'] }, new Date());
  expect(readFileSync(file, 'utf8')).not.toContain(token);
  expect(readFileSync(file, 'utf8')).toContain('olga');
  rmSync(folder, { recursive: true });
});

test('the API repeats no token, neither in an answer nor in its log', async () => {
  const served = await serve();
  served.gameday.outage = 'refuses';
  served.store.isAway = true;
  const asked = [
    await served.ask('GET', '/api/v1/experiments', undefined, secret),
    await served.ask('GET', '/api/v1/experiments/e1'),
    await served.ask('POST', '/api/v1/experiments/e1/abort', { reason: 'x' }),
    await served.ask('POST', '/api/v1/experiments', { text: 'nonsense' }),
  ];
  await served.app.close();
  const told = [...asked.map(({ text, headers }) => text + JSON.stringify([...headers])), ...served.logged].join();
  expect(told).not.toContain(secret);
  expect(told).not.toContain('token-of-ada');
  expect(asked.map(({ status }) => status)).toEqual([401, 503, 503, 422]);
});
