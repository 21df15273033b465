import type { Json } from '../../src/domain/json';
import type { Plan } from '../../src/domain/plan';
import { parseEnvironment } from '../../src/scenario/environment';
import { makePlan, parseScenario, planScenario } from '../../src/scenario/parse-scenario';
import { planHash, targetsHash } from '../../src/scenario/plan-hash';
import { formatProblem, type Parsed } from '../../src/scenario/problem';
import { fakeCatalogue } from '../fakes/catalogue';
import { goldenEnvironment } from './golden/environment';
import { soundScenario } from './golden/table';

function sound<T>(parsed: Parsed<T>): T {
  if (parsed.isValid) return parsed.value;
  throw new Error(parsed.problems.map(formatProblem).join('\n'));
}

function anEnvironment(text = goldenEnvironment) {
  return sound(parseEnvironment(text, 'demo.yaml', fakeCatalogue));
}

function aPlan(text = soundScenario, variables: Record<string, Json> = {}, environment = anEnvironment()): Plan {
  return sound(planScenario(text, 'a.yaml', { catalogue: fakeCatalogue, environments: [environment], variables }));
}

function problemsWith(text: string, variables: Record<string, Json> = {}): string[] {
  const context = { catalogue: fakeCatalogue, environments: [anEnvironment()], variables };
  const parsed = planScenario(text, 'a.yaml', context);
  return parsed.isValid ? [] : parsed.problems.map(formatProblem);
}

test('every default is filled and every duration is in milliseconds', () => {
  const plan = aPlan();
  expect(plan.steps).toEqual([
    {
      kind: 'inject',
      id: '1',
      fault: 'sdk/error',
      target: { service: 'payment', point: 'charge' },
      params: { status: 503, percent: 40 },
      forMs: 60_000,
      injectWithinMs: 30_000,
      leaseMs: 15_000,
    },
  ]);
  expect(plan.signals[1]).toEqual({
    name: 'p95',
    probe: 'success',
    measure: 'p95',
    windowMs: 5000,
    everyMs: 1000,
    unit: 'ms',
  });
  expect(plan.recovery).toEqual({ withinMs: 60_000, expect: plan.steadyState.expect });
  expect(plan.rollbackWithinMs).toBe(120_000);
  expect(plan.blastRadius).toEqual({ targetsMax: 2, trafficPercentMax: 50 });
});

test('a plan is plain JSON', () => {
  const plan = aPlan();
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
});

test('JSON is accepted, since it is YAML', () => {
  const scenario = {
    kind: 'experiment',
    name: 'nothing',
    environment: 'demo',
    hypothesis: 'Nothing happens.',
    steps: [{ inject: 'noop/nothing', target: { name: 'anything' }, for: '0s' }],
  };
  expect(aPlan(JSON.stringify(scenario, undefined, '\t')).steps).toHaveLength(1);
});

test('a harmless fault needs no steady state, a harmful one does', () => {
  const without = soundScenario.replace(/steadyState:[^]*?steps:/, 'steps:');
  expect(problemsWith(without).join()).toContain('must hold before anything is touched');
  const harmless = without
    .replace('sdk/error', 'noop/nothing')
    .replace(/target: .*\n.*\n/, 'target: { name: anything }\n');
  expect(problemsWith(harmless)).toEqual([]);
});

test('a scenario without guards gets those that its measures suggest', () => {
  const texts = aPlan().guards.map((guard) => `${guard.signal} ${guard.tolerance.text} ${guard.count} of ${guard.of}`);
  expect(texts).toEqual(['success >= 0.8 x baseline 3 of 5', 'p95 <= 3 x baseline 3 of 5']);
});

test('guards say what must hold, in the unit of their signal', () => {
  const guards = `guards:
  - { signal: success, below: 0.5, for: 2 of 3 }
  - { signal: p95, above: 1s }
  - { signal: success, relative: 0.7 x baseline }
  - { signal: p95, relative: 4 x baseline }
`;
  expect(aPlan(soundScenario + guards).guards).toEqual([
    { signal: 'success', tolerance: { operator: '>=', value: 0.5, text: '>= 0.5' }, count: 2, of: 3 },
    { signal: 'p95', tolerance: { operator: '<=', value: 1000, text: '<= 1000ms' }, count: 3, of: 5 },
    {
      signal: 'success',
      tolerance: { operator: '>=', value: 0.7, relativeTo: 'baseline', text: '>= 0.7 x baseline' },
      count: 3,
      of: 5,
    },
    {
      signal: 'p95',
      tolerance: { operator: '<=', value: 4, relativeTo: 'baseline', text: '<= 4 x baseline' },
      count: 3,
      of: 5,
    },
  ]);
});

test('a given variable takes its declared type and stays within its bounds', () => {
  expect(aPlan(soundScenario, { percent: '25' }).steps[0]).toMatchObject({ params: { percent: 25 } });
  expect(problemsWith(soundScenario, { percent: '0' })).toEqual([
    'a.yaml:6:12: variables.percent: expected at least 1, found 0',
  ]);
  expect(problemsWith(soundScenario, { percent: 'many' })[0]).toContain('expected a number, found "many"');
  expect(problemsWith(soundScenario, { pecent: '1' })[0]).toContain('(did you mean "percent"?)');
});

test('a default may refer to another variable', () => {
  const text = soundScenario
    .replace(
      'variables:',
      'variables:\n  hold: { type: duration, default: "${base}" }\n  base: { type: duration, default: 5s }',
    )
    .replace('for: 60s', 'for: "${hold}"');
  expect(aPlan(text).steps[0]).toMatchObject({ forMs: 5000 });
  expect(aPlan(text, { base: '7s' }).steps[0]).toMatchObject({ forMs: 7000 });
});

test('what a variable brings in is not read as a name again', () => {
  const text = soundScenario
    .replace('variables:', 'variables:\n  who: { type: text, default: x }')
    .replace('Checkout survives.', () => 'Checkout of ${who} costs $${5}.');
  expect(aPlan(text, { who: '${percent}' }).hypothesis).toBe('Checkout of ${percent} costs ${5}.');
});

test('the names of a request are left for the probe', () => {
  const text = soundScenario.replace('/checkout"', '/checkout/${request.id}"');
  expect(aPlan(text).probes[0]?.query).toMatchObject({ url: 'http://checkout.invalid/checkout/${request.id}' });
});

test('addresses are read when the plan is made', () => {
  const scenario = sound(parseScenario(soundScenario, 'a.yaml', fakeCatalogue));
  const plan = sound(makePlan(scenario, anEnvironment(), fakeCatalogue, () => ({ address: 'http://127.0.0.1:7' })));
  expect(plan.probes[0]?.query).toMatchObject({ url: 'http://127.0.0.1:7/checkout' });
  const missing = makePlan(scenario, anEnvironment(), fakeCatalogue, () => ({ reason: 'no file', hint: 'start it' }));
  expect(missing.isValid ? [] : missing.problems.map(formatProblem)).toEqual([
    'a.yaml:8:27: signals.success.http.url: expected the address of endpoint checkout, found none: no file (start it)',
  ]);
});

test('an environment that demands approval is obeyed by a scenario that asks for none', () => {
  expect(aPlan().approval).toEqual({ from: ['sre'], required: 1, expiresInMs: 1_800_000, remindEveryMs: 600_000 });
});

test('of two approvals the stricter number and only common groups count', () => {
  const asked = 'approval: { from: [sre, friends], required: 2, expiresIn: 10m }\n';
  expect(aPlan(soundScenario + asked).approval).toEqual({
    from: ['sre'],
    required: 2,
    expiresInMs: 600_000,
    remindEveryMs: 200_000,
  });
});

test('a parallel group larger than the environment allows is refused with both numbers', () => {
  const environment = goldenEnvironment.replace('concurrentInjectionsMax: 2', 'concurrentInjectionsMax: 1');
  const step = (point: string) =>
    `{ inject: sdk/error, target: { service: payment, point: ${point} }, with: { percent: 1 }, for: 1s }`;
  const text = soundScenario.replace('steps:', `steps:\n  - parallel: [${step('charge')}, ${step('refund')}]`);
  const context = { catalogue: fakeCatalogue, environments: [anEnvironment(environment)] };
  const parsed = planScenario(text, 'a.yaml', context);
  expect(parsed.isValid ? [] : parsed.problems.map((one) => one.message)).toEqual([
    'steps[0].parallel: expected at most 1, the limit of environment demo (concurrentInjectionsMax), found 2',
  ]);
  expect(aPlan(text).steps[0]).toMatchObject({ id: '1', steps: [{ id: '1.1' }, { id: '1.2' }] });
});

test('a target that cannot be compared with the opt-in list is left to the survey', () => {
  const environment = anEnvironment(goldenEnvironment.replace('points: [charge, refund]', 'points: [refund]'));
  const context = { catalogue: fakeCatalogue, environments: [{ ...environment, targets: { sdk: [{ label: 'a' }] } }] };
  expect(planScenario(soundScenario, 'a.yaml', context).isValid).toBe(true);
  expect(planScenario(soundScenario, 'a.yaml', { ...context, environments: [environment] }).isValid).toBe(false);
});

test('an environment that is not found is looked for among the files with problems', () => {
  const context = { catalogue: fakeCatalogue, environments: [], brokenFiles: ['environments/demo.yaml'] };
  const parsed = planScenario(soundScenario, 'a.yaml', context);
  expect(parsed.isValid ? [] : parsed.problems.map(formatProblem).join()).toContain('mend environments/demo.yaml');
});

test('a fault of a system without a connection is refused', () => {
  const environment = anEnvironment(goldenEnvironment.replace(/ {2}sdk: \{ payment.*\n/, ''));
  const context = { catalogue: fakeCatalogue, environments: [environment] };
  const parsed = planScenario(soundScenario, 'a.yaml', context);
  expect(parsed.isValid ? [] : parsed.problems.map((one) => one.hint)).toEqual([
    'add connections.sdk to the environment file',
  ]);
});

test('the hash of a plan follows its content and the limits of its environment, not the order of keys', () => {
  const plan = aPlan();
  const turned: Plan = Object.assign(
    {},
    ...Object.entries(plan)
      .reverse()
      .map(([key, value]) => ({ [key]: value })),
  );
  const looser = aPlan(soundScenario, {}, anEnvironment(goldenEnvironment.replace('targetsMax: 2', 'targetsMax: 3')));
  expect(planHash(turned)).toBe(planHash(plan));
  expect(planHash(looser)).not.toBe(planHash(plan));
  expect(planHash(aPlan(soundScenario, { percent: 41 }))).not.toBe(planHash(plan));
  expect(planHash(plan)).toMatch(/^[0-9a-f]{64}$/);
});

test('the hash of targets follows their identities, not their order', () => {
  const target = (identity: string) => ({ identity, lockKey: identity, description: identity, facts: {} });
  const hash = targetsHash([{ targets: [target('a'), target('b')] }]);
  expect(targetsHash([{ targets: [target('b')] }, { targets: [target('a')] }])).toBe(hash);
  expect(targetsHash([{ targets: [target('a')] }])).not.toBe(hash);
});
