/** One row: the content of a file; what validating it prints stands under its name in `expected.json`. */
export interface GoldenRow {
  name: string;
  content: string | Buffer;
}

/** A scenario without a mistake; most rows change one part of it. */
export const soundScenario = `kind: experiment
name: payment-errors
environment: demo
hypothesis: Checkout survives.
variables:
  percent: { type: number, default: 40, min: 1, max: 100 }
signals:
  success: { http: { url: "\${endpoints.checkout}/checkout", rate: 20/s } }
  p95: { from: success, measure: p95 }
steadyState:
  for: 20s
  expect: { success: ">= 0.99", p95: "<= 450ms" }
steps:
  - inject: sdk/error
    target: { service: payment, point: charge }
    with: { status: 503, percent: "\${percent}" }
    for: 60s
during:
  expect: { success: ">= 0.9 x baseline" }
`;

/** Texts that are no scenario at all. */
export const brokenTexts: GoldenRow[] = [
  { name: 'empty', content: '' },
  { name: 'only-comments', content: '# nothing here\n' },
  { name: 'no-kind', content: 'name: x\nfirst: 1\nsecond: 2\n' },
  { name: 'kind-slip', content: 'knd: experiment\nname: x\n' },
  { name: 'readme', content: '# A title\n\nWords.\n\nMore words.\n\n```yaml\nkind: experiment\n```\n\n- a: b: c\n' },
  { name: 'broken-yaml', content: 'kind: experiment\nsteps: [\nname: x\n' },
  { name: 'unquoted-comparison', content: changed('"<= 450ms"', '>= 450ms') },
  { name: 'json-with-a-mistake', content: '{\n  "kind": "experiment",\n  "nmae": "x"\n}\n' },
  { name: 'two-documents', content: `${soundScenario}---\n${soundScenario}` },
  { name: 'tabs', content: changed('  for: 20s', '\tfor: 20s') },
  { name: 'duplicate-keys', content: `${soundScenario}name: again\n` },
  { name: 'exploding-aliases', content: billionLaughs() },
  { name: 'alias-of-itself', content: 'kind: &a [*a]\n' },
  { name: 'nested-brackets', content: `kind: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n` },
  { name: 'nested-dashes', content: `${'- '.repeat(20_000)}x\n` },
  { name: 'many-keys', content: Array.from({ length: 15_000 }, (_, index) => `key${index}: 1`).join('\n') },
  { name: 'ten-megabytes', content: 'kind: experiment\n'.repeat(620_000) },
  { name: 'binary', content: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01, 0x00, 0xff, 0xfe, 0x80]) },
  { name: 'control-character', content: changed('Checkout survives', 'Checkout \u001b[31msurvives') },
  { name: 'utf-16', content: Buffer.from(`\ufeff${soundScenario}`, 'utf16le') },
  { name: 'scalar', content: 'payment-errors\n' },
  { name: 'list', content: '- kind: experiment\n' },
  { name: 'proto', content: `${soundScenario}__proto__: { isAdmin: true }\n` },
  { name: 'proto-in-signals', content: changed('  p95: {', '  __proto__: {') },
  { name: 'unknown-tag', content: changed('for: 60s', 'for: !!js/function "x"') },
  { name: 'infinity', content: changed('status: 503', 'status: .inf') },
  { name: 'no-permission', content: soundScenario },
];

/** Scenarios with a mistake that only their meaning shows. */
export const mistakes: GoldenRow[] = [
  { name: 'unknown-kind', content: changed('kind: experiment', 'kind: experimnet') },
  { name: 'game-day', content: changed('kind: experiment', 'kind: game-day') },
  { name: 'missing-keys', content: 'kind: experiment\n' },
  { name: 'unknown-key', content: changed('during:', 'durign:') },
  { name: 'unknown-key-in-a-step', content: changed('    with:', '    wiht:') },
  { name: 'unknown-step', content: changed('- inject: sdk/error', '- injekt: sdk/error') },
  { name: 'unknown-fault', content: changed('sdk/error', 'sdk/eror') },
  { name: 'unknown-parameter', content: changed('status: 503', 'statsu: 503') },
  { name: 'parameter-out-of-range', content: changed('status: 503', 'status: 200') },
  { name: 'unknown-provider', content: changed('{ http: {', '{ htpp: {') },
  { name: 'unknown-measure', content: changed('measure: p95', 'measure: p59') },
  { name: 'unknown-signal', content: changed('success: ">= 0.9 x', 'sucess: ">= 0.9 x') },
  { name: 'signal-from-itself', content: changed('from: success', 'from: p95') },
  { name: 'negative-duration', content: changed('for: 60s', 'for: -60s') },
  { name: 'missing-unit', content: changed('for: 60s', 'for: 60') },
  { name: 'missing-unit-in-a-tolerance', content: changed('<= 450ms', '<= 450') },
  { name: 'ratio-above-one', content: changed('>= 0.99', '>= 99') },
  { name: 'relative-steady-state', content: changed('>= 0.99', '>= 0.9 x baseline') },
  { name: 'no-comparison', content: changed('>= 0.99', 'about 0.99') },
  {
    name: 'variables-in-a-circle',
    content: withVariables('a: { type: text, default: "${b}" }, b: { type: text, default: "${a}" }'),
  },
  { name: 'variable-out-of-range', content: changed('default: 40', 'default: 400') },
  { name: 'variable-without-value', content: changed(' default: 40,', '') },
  { name: 'unknown-variable', content: changed('"${percent}"', '"${precent}"') },
  { name: 'unknown-environment', content: changed('environment: demo', 'environment: dmeo') },
  { name: 'unknown-endpoint', content: changed('endpoints.checkout', 'endpoints.chekout') },
  { name: 'alerts', content: `${soundScenario}alerts: { silence: [{ service: checkout }] }\n` },
  { name: 'load', content: `${soundScenario}load: { rate: 20/s }\n` },
  { name: 'ramp', content: changed('    for: 60s', '    for: 60s\n    ramp: 10s') },
  { name: 'checkpoint', content: changed('steps:', 'steps:\n  - checkpoint: Go on?') },
  { name: 'pause-in-parallel', content: changed('steps:', 'steps:\n  - parallel: [{ pause: 10s }]') },
  {
    name: 'same-target-in-parallel',
    content: changed('steps:', `steps:\n  - parallel: [${step('error')}, ${step('error')}]`),
  },
  { name: 'only-pauses', content: soundScenario.replace(/steps:[^]*?during:/, 'steps: [{ pause: 1s }]\nduring:') },
  { name: 'no-steady-state', content: soundScenario.replace(/steadyState:[^]*?steps:/, 'steps:') },
  { name: 'guard-without-bound', content: `${soundScenario}guards: [{ signal: success, for: 2 of 3 }]\n` },
  {
    name: 'guard-impossible-count',
    content: `${soundScenario}guards: [{ signal: success, below: 0.5, for: 3 of 2 }]\n`,
  },
  { name: 'too-many-targets', content: `${soundScenario}blastRadius: { targetsMax: 3, trafficPercentMax: 90 }\n` },
  { name: 'percent-above-the-limit', content: changed('default: 40', 'default: 60') },
  { name: 'percent-not-written', content: changed('status: 503, percent: "${percent}"', 'status: 503') },
  {
    name: 'percent-above-its-own-radius',
    content: `${soundScenario}blastRadius: { targetsMax: 1, trafficPercentMax: 10 }\n`,
  },
  { name: 'target-not-opted-in', content: changed('point: charge', 'point: chrage') },
  { name: 'target-of-an-unknown-service', content: changed('service: payment', 'service: ledger') },
  {
    name: 'target-in-parallel-not-opted-in',
    content: changed('steps:', 'steps:\n  - parallel: [{ inject: noop/nothing, target: { name: everything }, for: 1s }]'),
  },
  {
    name: 'a-broken-step-beside-a-wrong-one',
    content: changed('steps:', 'steps:\n  - injekt: sdk/error').replace('point: charge', 'point: chrage'),
  },
  {
    name: 'a-broken-signal-beside-wrong-expectations',
    content: changed('rate: 20/s', 'rte: 20/s').replace('p95: "<= 450ms"', 'p59: "<= 450ms"'),
  },
  {
    name: 'a-broken-line-beside-a-wrong-one',
    content: changed('success: ">= 0.99"', 'success: about 0.99').replace('p95: "<= 450ms"', 'p59: "<= 450ms"'),
  },
  {
    name: 'a-broken-guard-beside-a-wrong-one',
    content: `${soundScenario}guards: [{ signal: sucess, below: 0.5 }, { signal: success, for: 2 of 3 }]\n`,
  },
  { name: 'too-long-hold', content: changed('for: 60s', 'for: 20m') },
  { name: 'foreign-approval', content: `${soundScenario}approval: { from: [friends] }\n` },
  {
    name: 'everything-at-once',
    content: changed('sdk/error', 'sdk/eror')
      .replace('>= 0.99', '>= 99')
      .replace('demo', 'dmeo')
      .concat('alerts: {}\n'),
  },
];

function changed(part: string, by: string): string {
  if (!soundScenario.includes(part)) throw new Error(`the sound scenario has no ${part}`);
  return soundScenario.replace(part, () => by);
}

function withVariables(more: string): string {
  return changed(
    '  percent: { type: number, default: 40, min: 1, max: 100 }',
    `  { percent: { type: number, default: 40 }, ${more} }`,
  );
}

function step(harm: string): string {
  return `{ inject: sdk/${harm}, target: { service: payment, point: charge }, with: { percent: 1 }, for: 1s }`;
}

function billionLaughs(): string {
  const names = 'abcdefghi'.split('');
  const lines = names.map((name, index) => {
    const inside = index === 0 ? 'x' : `*${names[index - 1]}`;
    return `${name}: &${name} [${Array<string>(9).fill(inside).join(', ')}]`;
  });
  return lines.join('\n');
}
