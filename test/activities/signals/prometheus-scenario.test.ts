import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../../activities/catalogue';
import { connectionFor } from '../../../src/environments/connection-for';
import { referenceSource } from '../../../src/environments/reference-source';
import { parseEnvironment } from '../../../src/scenario/environment';
import { planScenario } from '../../../src/scenario/parse-scenario';
import { formatProblem } from '../../../src/scenario/problem';

const connection = `  prometheus:
    url: { env: PROMETHEUS_URL }
    basic: { user: ada, password: { env: PASSWORD } }
    tls: { ca: { env: CA }, cert: { env: CERT }, key: { env: KEY } }
`;

function environmentText(connections = connection): string {
  return `kind: environment
name: demo
connections:
  noop: { directory: noop }
${connections}targets:
  noop: [{ name: anything }]
blockers:
  incident: { prometheus: { query: max(incident) }, expect: '== 0' }
`;
}

function problemsOf(parsed: ReturnType<typeof parseEnvironment>): string[] {
  return parsed.isValid ? [] : parsed.problems.map(formatProblem);
}

const environmentProblems = (connections: string) =>
  problemsOf(parseEnvironment(environmentText(connections), 'demo.yaml', catalogue));

interface Written {
  query?: string;
  more?: string;
  steadyFor?: string;
  hold?: string;
  within?: string;
  connections?: string;
}

function scenarioText({
  query = 'sum(rate(errors[1m]))',
  more = '',
  steadyFor = '90s',
  hold = '90s',
  within = '2m',
}: Written): string {
  return `kind: experiment
name: a
environment: demo
hypothesis: Nobody notices.
signals:
  errors:
    prometheus: { query: '${query}' }
    ${more}
steadyState: { for: ${steadyFor}, expect: { errors: '<= 1' } }
steps:
  - { inject: noop/nothing, target: { name: anything }, for: ${hold} }
during: { expect: { errors: '<= 2 x baseline' } }
recovery: { within: ${within} }
`;
}

function plan(written: Written) {
  const environment = parseEnvironment(environmentText(written.connections), 'demo.yaml', catalogue);
  if (!environment.isValid) throw new Error(problemsOf(environment).join('\n'));
  return planScenario(scenarioText(written), 'a.yaml', { catalogue, environments: [environment.value] });
}

function problemsWith(written: Written): string[] {
  const parsed = plan(written);
  return parsed.isValid ? [] : parsed.problems.map(formatProblem);
}

describe('a signal from Prometheus in a scenario', () => {
  it('is planned with its window', () => {
    const parsed = plan({ more: 'window: 61s' });

    expect(parsed.isValid && parsed.value.signals).toEqual([
      { name: 'errors', probe: 'errors', measure: 'value', windowMs: 61_000, everyMs: 1_000, unit: 'value' },
    ]);
    expect(parsed.isValid && parsed.value.probes[0]?.query).toEqual({
      ...{ query: 'sum(rate(errors[1m]))', delay: '1s', maxAge: '20s' },
    });
  });

  it.each<[string, Written, RegExp]>([
    [
      'a window shorter than its range',
      { more: 'window: 1m' },
      /^a\.yaml:8:\d+: signals\.errors\.window: expected at least 61s, which is how far the query looks back, found 1m \(window: 61s\)$/,
    ],
    ['the usual window', {}, /^a\.yaml:\d+:\d+: .*expected at least 61s, .*found 5s/],
    ['the usual window for the latest sample', { query: 'errors' }, /expected at least 21s/],
    [
      'a steady state that is over before',
      { more: 'window: 61s', steadyFor: '1m' },
      /^a\.yaml:9:\d+: .*expected at least 61s, so that errors/,
    ],
    [
      'a hold that is over before',
      { more: 'window: 61s', hold: '1m' },
      /^a\.yaml:11:\d+: .*expected at least 61s, so that errors/,
    ],
    [
      'a recovery that ends before',
      { more: 'window: 61s', within: '1m' },
      /^a\.yaml:13:\d+: .*expected at least 63s, so that errors/,
    ],
    [
      'a hidden lie',
      { query: 'sum(a) or vector(0)' },
      /^a\.yaml:7:\d+: .*vector\(\) puts a number where data is missing/,
    ],
    [
      'no connection',
      { more: 'window: 61s', connections: '' },
      /^a\.yaml:7:\d+: .*has a connection, found prometheus \(add connections\.prometheus/,
    ],
    ['an unknown key', { query: "a', step: '1s" }, /unknown key "step"/],
  ])('is refused for %s', (_, written, expected) => {
    expect(problemsWith(written).filter((one) => !expected.test(one))).toEqual([]);
    expect(problemsWith(written)).not.toEqual([]);
  });
});

describe('the connection to Prometheus in an environment', () => {
  const env = { PROMETHEUS_URL: 'https://p:9090', PASSWORD: 'planted-4711', CA: 'ca', CERT: 'cert', KEY: 'key' };

  it('is resolved at the moment of use', () => {
    const parsed = parseEnvironment(environmentText(), 'demo.yaml', catalogue);
    if (!parsed.isValid) throw new Error(problemsOf(parsed).join('\n'));

    expect(JSON.stringify(parsed.value)).not.toContain('4711');
    expect(connectionFor(parsed.value, 'prometheus', catalogue, referenceSource(env))).toEqual({
      url: 'https://p:9090',
      basic: { user: 'ada', password: 'planted-4711' },
      tls: { ca: 'ca', cert: 'cert', key: 'key' },
    });
  });

  it.each([
    [
      'url: http://p\n    basic: { user: a, password: hidden }',
      /basic.*password.*only as a reference|only as a reference/,
    ],
    ['url: http://p\n    bearer: { token: hidden }', /only as a reference/],
    ['url: http://p\n    tls: { cert: c, key: hidden }', /only as a reference/],
    ['url: http://a:hidden@p', /without a password|without user name and password/],
    ['url: http://p\n    tls: { cert: c }', /expected cert and key together/],
    [
      'url: http://p\n    bearer: { token: { env: T } }\n    basic: { user: a, password: { env: P } }',
      /either basic or bearer/,
    ],
    ['bearer: { token: { env: T } }', /url/],
    ['url: http://p\n    insecure: true', /unknown key "insecure"/],
  ])('is refused when it says %s', (written, expected) => {
    const problems = environmentProblems(`  prometheus:\n    ${written}\n`);

    expect(problems.join('\n')).toMatch(expected);
    expect(problems.join('\n')).not.toContain('hidden');
  });
});

describe('what docs/stores-and-signals.md shows', () => {
  const text = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'stores-and-signals.md'), 'utf8');
  const [connections = '', signals = ''] = [...text.matchAll(/```yaml\n# [^\n]*\n([\s\S]*?)```/g)].map(
    ([, fence]) => fence,
  );
  const indented = (fence: string) => fence.replaceAll(/^(?=.)/gm, '  ');

  it('is valid as it stands', () => {
    const environment = parseEnvironment(environmentText(indented(connections)), 'demo.yaml', catalogue);
    expect(problemsOf(environment)).toEqual([]);
    if (!environment.isValid) return;
    const scenario = scenarioText({ hold: '90s' })
      .replace(/signals:[\s\S]*?steadyState/, `signals:\n${indented(signals)}steadyState`)
      .replaceAll('{ errors:', '{ error-ratio:');
    const parsed = planScenario(scenario, 'a.yaml', { catalogue, environments: [environment.value] });
    expect(parsed.isValid ? [] : parsed.problems.map(formatProblem)).toEqual([]);
  });
});
