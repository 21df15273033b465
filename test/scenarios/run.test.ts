import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { askRaw } from '../harness/ask-raw';
import { RunningUp } from '../harness/running-up';
import { documentOf, startRun } from '../harness/run-process';
import { seenMarkers, seenRules, untilMarkerIsActive, untilRuleIsActive } from '../harness/seen-faults';
import { nothing, paymentErrors, shortScenario, type ShortScenario } from '../harness/short-scenario';
import { Workplace, type Ended } from '../harness/workplace';

jest.setTimeout(120_000);

let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.open();
});

afterAll(async () => {
  await workplace.close();
});

function write(scenario: ShortScenario): string {
  const file = join('scenarios', `${scenario.name}.yaml`);
  writeFileSync(join(workplace.dir, file), shortScenario(scenario));
  return file;
}

const document = z.object({
  experimentId: z.string(),
  verdict: z.literal('passed'),
  reasons: z.array(z.string()).min(1),
  scenario: z.literal('brief-errors'),
  environment: z.literal('demo'),
  planHash: z.string().regex(/^[0-9a-f]{64}$/),
  phases: z.array(z.object({ phase: z.string(), startedAt: z.iso.datetime(), endedAt: z.iso.datetime() })).min(5),
  injections: z
    .array(
      z.object({
        injectionId: z.string(),
        fault: z.literal('sdk/error'),
        lockKey: z.literal('sdk:payment'),
        injectedAt: z.iso.datetime(),
        effectSeen: z.literal(true),
        hits: z.number().min(1),
        rolledBackAt: z.iso.datetime(),
        end: z.literal('absent'),
      }),
    )
    .length(1),
  timings: z.looseObject({ detectMs: z.null(), rollbackMs: z.number(), recoveryMs: z.number() }),
  report: z.string().endsWith('.html'),
});

// ECMA-48: everything that a terminal would act on begins with ESC.
const escape = '\u001b';

test('in a pipe it tells its story in plain lines; with --json stdout is one document', async () => {
  const file = write({ name: 'brief-errors', inject: paymentErrors('3s') });
  const plain = await workplace.run(['run', file], { NO_COLOR: '', FORCE_COLOR: '' });
  expect(plain.code).toBe(0);
  expect(plain.stdout).toMatch(/^passed {2}brief-errors in demo/);
  expect(plain.stderr).toMatch(/^\d\d:\d\d:\d\d {2}baseline$/m);
  expect(plain.stderr).toMatch(/injected sdk\/error on sdk:payment, gone by/);
  expect(plain.stdout + plain.stderr).not.toContain(escape);

  const json = await workplace.run(['run', file, '--json']);
  expect(json.code).toBe(0);
  const parsed = document.safeParse(JSON.parse(json.stdout));
  expect(parsed.error?.issues ?? []).toEqual([]);
});

function onTerminal(words: string[], env: Record<string, string>): Promise<Ended> {
  return workplace.runOnTerminal(words, { NO_COLOR: '', ...env });
}

test('the first Ctrl-C aborts, waits until the fault is gone and exits 4', async () => {
  const { run } = await startRun(workplace, [write({ name: 'long-errors', inject: paymentErrors('120s') })]);
  await untilRuleIsActive(workplace);
  run.child.kill('SIGINT');
  const ended = await run.ended;
  expect(await seenRules(workplace)).toEqual([]);
  expect({ ...documentOf(ended), code: ended.code }).toMatchObject({
    verdict: 'aborted',
    code: 4,
    reasons: [expect.stringContaining('Ctrl-C')],
  });
});

test('the second Ctrl-C leaves at once and says what remains and when it expires', async () => {
  const { run } = await startRun(workplace, [write({ name: 'frozen', inject: paymentErrors('120s') })]);
  await untilRuleIsActive(workplace);
  process.kill(workplace.shop.pids.payment, 'SIGSTOP');
  try {
    run.child.kill('SIGINT');
    await run.says(/Aborting/);
    const { code, stderr } = await run.end('SIGINT');
    expect(code).toBe(4);
    expect(stderr).toMatch(/Still there: \S+ on sdk:payment; it expires at \S+Z at the latest/);
  } finally {
    process.kill(workplace.shop.pids.payment, 'SIGCONT');
  }
  const next = await RunningUp.start(workplace);
  expect((await next.process.end('SIGINT')).code).toBe(0);
  expect(await seenRules(workplace)).toEqual([]);
});

test('two at once in one folder share what one of them starts, and neither ends the other', async () => {
  const one = quiet('at-once', nothing('3s'));
  const environment = join(workplace.dir, 'environments', 'demo.yaml');
  const before = readFileSync(environment, 'utf8');
  const both = before.replace('concurrentExperimentsMax: 1', 'concurrentExperimentsMax: 2');
  writeFileSync(
    environment,
    both
      .replace('concurrentInjectionsMax: 1', 'concurrentInjectionsMax: 2')
      .replace('- { name: anything }', '- { name: anything }\n    - { name: other }'),
  );
  const other = quiet('at-once-other', nothing('3s').replace('anything', 'other'));
  try {
    const ends = await Promise.all([one, other].map((file) => workplace.run(['run', file, '--json'])));
    expect(ends.map((ended) => ({ ...documentOf(ended), code: ended.code }))).toEqual([
      expect.objectContaining({ verdict: 'passed', code: 0 }),
      expect.objectContaining({ verdict: 'passed', code: 0 }),
    ]);
    expect(ends.filter(({ stderr }) => stderr.includes('Temporal started on'))).toHaveLength(1);
  } finally {
    writeFileSync(environment, before);
  }
});

describe('beside a running up', () => {
  let up: RunningUp;

  beforeAll(async () => {
    up = await RunningUp.start(workplace);
  });

  afterAll(async () => {
    await up.stop();
  });

  test.each([
    ['with colour', {}, true],
    ['with NO_COLOR', { NO_COLOR: '1' }, false],
  ])('on a terminal %s it draws a live line and a sparkline', async (_title, env, isColoured) => {
    const file = write({ name: 'on-a-terminal', inject: nothing('3s') });
    const { code, stdout } = await onTerminal(['run', file], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] /);
    expect(stdout).toMatch(/[▁▂▃▄▅▆▇█]{2,}/);
    expect(stdout).toContain('preflight');
    // SGR, the sequences that end in m, is what colours.
    expect(/\u001b\[[0-9;]*m/.test(stdout)).toBe(isColoured);
  });

  test('a fault that nothing meets is inconclusive and exits 5', async () => {
    const signals = quiet('no-hits', paymentErrors('4s'));
    const ended = await workplace.run(['run', signals, '--json']);
    expect({ ...documentOf(ended), code: ended.code }).toMatchObject({
      verdict: 'inconclusive',
      code: 5,
      reasons: [expect.stringContaining('no hits')],
      injections: [{ hits: 0, end: 'absent' }],
    });
  });

  test('a breach is failed and exits 1, long before the hold would have ended', async () => {
    const inject =
      '{ inject: sdk/latency, target: { service: payment, point: charge }, with: { delay: 1500ms, percent: 100 }, for: 60s }';
    const file = write({ name: 'too-slow', inject });
    const text = shortScenario({ name: 'too-slow', inject }).replace(
      "{ success-rate: '>= 0.5' }",
      "{ success-rate: '>= 0.5', p95: '<= 200ms' }",
    );
    writeFileSync(
      join(workplace.dir, file),
      text.replace(
        'steadyState:',
        '  p95: { from: success-rate, measure: p95, window: 1s, every: 500ms }\nsteadyState:',
      ),
    );
    const ended = await workplace.run(['run', file, '--json']);
    expect({ ...documentOf(ended), code: ended.code }).toMatchObject({ verdict: 'failed', code: 1 });
    expect(documentOf(ended).reasons.join()).toContain('p95');
    expect(await seenRules(workplace)).toEqual([]);
  });

  test('steady state that is not there is refused and exits 3, and nothing was injected', async () => {
    const file = write({ name: 'never-steady', inject: nothing('3s') });
    writeFileSync(
      join(workplace.dir, file),
      shortScenario({ name: 'never-steady', inject: nothing('3s') }).replace("'>= 0.9'", "'<= 0.5'"),
    );
    const ended = await workplace.run(['run', file, '--json']);
    expect({ ...documentOf(ended), code: ended.code }).toMatchObject({ verdict: 'refused', code: 3, injections: [] });
  });

  test('a fault that somebody else ends early is errored and exits 2', async () => {
    const { run } = await startRun(workplace, [write({ name: 'ended-early', inject: paymentErrors('60s') })]);
    await untilRuleIsActive(workplace);
    for (const { id } of await seenRules(workplace))
      await askRaw(
        workplace.shop.urls['payment-control'],
        workplace.shop.controlToken.trim(),
        'DELETE',
        `/v1/rules/${id}`,
        {
          remainingMs: 60_000,
        },
      );
    const ended = await run.ended;
    expect({ ...documentOf(ended), code: ended.code }).toMatchObject({ verdict: 'errored', code: 2 });
  });

  test('abort from another terminal ends it aborted, and exits 4', async () => {
    const { run, experimentId } = await startRun(workplace, [write({ name: 'aborted', inject: nothing('60s') })]);
    await untilMarkerIsActive(workplace);
    expect(await workplace.run(['abort', experimentId, '--reason', 'enough seen'])).toMatchObject({ code: 0 });
    const ended = await run.ended;
    expect(seenMarkers(workplace)).toEqual([]);
    expect({ ...documentOf(ended), code: ended.code }).toMatchObject({
      verdict: 'aborted',
      code: 4,
      reasons: [expect.stringContaining('enough seen')],
    });
  });

  test('a scenario with mistakes exits 2 and names each place', async () => {
    const file = write({
      name: 'mistaken',
      inject: '{ inject: sdk/eror, target: { service: payment, point: charge }, for: 3s }',
    });
    const { code, stdout, stderr } = await workplace.run(['run', file]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^scenarios\/mistaken\.yaml:\d+:\d+/m);
    expect(stderr).toContain('sdk/error');
    expect(stderr).not.toMatch(/^\s+at /m);
    const json = await workplace.run(['run', file, '--json']);
    expect(json.code).toBe(2);
    expect(
      z.object({ problems: z.array(z.object({ line: z.number() })).min(1) }).safeParse(JSON.parse(json.stdout)).success,
    ).toBe(true);
  });

  test.each([
    [['rnu', 'x.yaml'], 'run'],
    [['run', 'scenarios/noop.yaml', '--jsn'], '--json'],
    [['aprove', 'x'], 'approve'],
    [['run', 'scenarios/noop.yaml', '--vra', 'a=b'], '--var'],
  ])('gameday %j exits 2 and names the nearest word', async (words, nearest) => {
    const { code, stdout, stderr } = await workplace.run(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`Did you mean ${nearest}\\?`));
  });
});

/** A scenario whose only signal sends nothing to the payment service. */
function quiet(name: string, inject: string): string {
  const text = `kind: experiment
name: ${name}
environment: demo
hypothesis: Nothing happens, because nothing buys.
signals:
  queue-depth: { json: { url: '\${endpoints.checkout}/health', path: $.queue.depth }, window: 1s, every: 500ms }
steadyState: { for: 2s, expect: { queue-depth: '>= 0' } }
steps:
  - ${inject}
during: { expect: { queue-depth: '>= 0' } }
recovery: { within: 20s }
`;
  const file = join('scenarios', `${name}.yaml`);
  writeFileSync(join(workplace.dir, file), text);
  return file;
}
