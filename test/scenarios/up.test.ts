import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { eventually } from '../contract/eventually';
import { RunningUp } from '../harness/running-up';
import { documentOf, startRun } from '../harness/run-process';
import { seenMarkers, seenRules, untilMarkerIsActive, untilRuleIsActive } from '../harness/seen-faults';
import { nothing, paymentErrors, shortScenario } from '../harness/short-scenario';
import { commandOf, isLoopback, listenersOf, processesOf } from '../harness/traces';
import { WatchedProcess } from '../harness/watched-process';
import { Workplace } from '../harness/workplace';

jest.setTimeout(180_000);

let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.open();
});

afterAll(async () => {
  await workplace.close();
});

const long = shortScenario({ name: 'long-errors', inject: paymentErrors('120s') });
const longNothing = shortScenario({ name: 'long-nothing', inject: nothing('120s') });

function write(name: string, text: string): string {
  const file = join('scenarios', name);
  writeFileSync(join(workplace.dir, file), text);
  return file;
}

/** Ours, but for the shop, which the user started beside it. */
function processesHere(): number[] {
  return processesOf(workplace.dir, Object.values(workplace.shop.pids));
}

async function expectNothingRuns(): Promise<void> {
  const told = (): string => processesHere().map(commandOf).join('\n');
  await eventually('every process has ended', 20_000, async () => processesHere().length === 0).catch(() =>
    expect(told()).toBe(''),
  );
}

async function verdictOf(experimentId: string): Promise<{ verdict: string; reasons: string[] }> {
  const { stdout, stderr } = await workplace.run(['judge', experimentId, '--json']);
  if (stdout === '') throw new Error(stderr);
  return z
    .object({ decided: z.object({ verdict: z.string(), reasons: z.array(z.string()) }) })
    .parse(JSON.parse(stdout)).decided;
}

test('says where things are, listens on the loopback alone, and is used by run instead of a second one', async () => {
  const up = await RunningUp.start(workplace);
  expect(up.process.stdout).toMatch(/^environments demo$/m);
  expect(up.process.stdout).toMatch(/^files +\S*\.gameday$/m);
  const listeners = listenersOf(processesHere());
  expect(listeners.length).toBeGreaterThanOrEqual(3);
  expect(listeners.filter((address) => !isLoopback(address))).toEqual([]);
  expect((await fetch(`${up.url}/api/v1/health`)).status).toBe(200);
  expect((await fetch(`${up.url}/api/v1/experiments`)).status).toBe(401);

  const before = processesHere();
  const second = await workplace.run(['up']);
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining(`already, at ${up.url}`) });
  const ran = await workplace.run([
    'run',
    write('nothing.yaml', shortScenario({ name: 'nothing', inject: nothing('2s') })),
    '--json',
  ]);
  expect({ ...documentOf(ran), code: ran.code }).toMatchObject({ verdict: 'passed', code: 0 });
  expect(ran.stderr).not.toContain('starting Temporal');
  expect(processesHere()).toEqual(before);

  const ended = await up.process.end('SIGINT');
  expect(ended.code).toBe(0);
  await expectNothingRuns();
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s rolls a fault back and sees it gone before it exits', async (signal) => {
  const up = await RunningUp.start(workplace);
  const { run, experimentId } = await startRun(workplace, [write('long.yaml', long)]);
  await untilRuleIsActive(workplace);
  const exited = new Promise((done) => up.process.child.once('exit', done)).then(() => seenRules(workplace));
  const ended = await up.process.end(signal);
  expect(await exited).toEqual([]);
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining(`rolling back and ending ${experimentId}`) });
  run.child.kill('SIGKILL');
  expect(await verdictOf(experimentId)).toMatchObject({
    verdict: 'aborted',
    reasons: [expect.stringContaining('Gameday is shutting down')],
  });
});

test('a start right after another one ended has a sentinel of its own', async () => {
  const first = await RunningUp.start(workplace);
  expect((await first.process.end('SIGINT')).code).toBe(0);
  const second = await RunningUp.start(workplace);
  const sentinel = new RegExp(`sentinel/main\\.js .*--parent ${second.process.pid}$`);
  await eventually('its own sentinel', 10_000, async () =>
    processesHere().some((pid) => sentinel.test(commandOf(pid))),
  );
  expect((await second.process.end('SIGINT')).code).toBe(0);
});

test('a marker that nobody but us would remove is gone before it exits', async () => {
  const up = await RunningUp.start(workplace);
  await up.begin(longNothing);
  await untilMarkerIsActive(workplace);
  const exited = new Promise((done) => up.process.child.once('exit', done)).then(() => seenMarkers(workplace));
  expect((await up.process.end('SIGTERM')).code).toBe(0);
  expect(await exited).toEqual([]);
});

test('with --keep, who waits for approval still waits at the next start, and who lost a fault has ended aborted', async () => {
  const first = await RunningUp.start(workplace, ['--keep']);
  const asked = await first.begin(
    shortScenario({ name: 'asked', inject: nothing('2s'), more: 'approval: { from: [sre] }' }),
  );
  const question = z.object({
    isOpen: z.literal(true),
    progress: z.object({ question: z.object({ planHash: z.string(), targetsHash: z.string() }) }),
  });
  const ask = async (up: RunningUp) => question.safeParse((await up.ask('GET', `/experiments/${asked}`)).body);
  await eventually('it asks', 20_000, async () => (await ask(first)).success);
  const harmed = await first.begin(long);
  await untilRuleIsActive(workplace);
  const exited = new Promise((done) => first.process.child.once('exit', done)).then(() => seenRules(workplace));
  expect((await first.process.end('SIGINT')).code).toBe(0);
  expect(await exited).toEqual([]);

  const second = await RunningUp.start(workplace);
  await eventually('it still asks', 20_000, async () => (await ask(second)).success);
  expect(await verdictOf(harmed)).toMatchObject({ verdict: 'aborted' });
  const { stdout: token } = await workplace.run(['token', 'add', 'cleo', '--group', 'sre']);
  const env = { GAMEDAY_TOKEN: token.trim() };
  expect(await workplace.run(['approve', asked, '--reason', 'go on', '--yes'], env)).toMatchObject({ code: 0 });
  expect(await workplace.run(['watch', asked])).toMatchObject({ code: 0 });
  expect((await second.process.end('SIGINT')).code).toBe(0);
});

test('a second Ctrl-C says which fault remains and when it expires; the next start sees it gone', async () => {
  const up = await RunningUp.start(workplace);
  const experimentId = await up.begin(long);
  await untilRuleIsActive(workplace);
  process.kill(workplace.shop.pids.payment, 'SIGSTOP');
  try {
    up.process.child.kill('SIGINT');
    await up.process.says(/waiting until|rolling back and ending/);
    const ended = await up.process.end('SIGINT');
    expect(ended.code).toBe(2);
    const told = new RegExp(`Still there: ${experimentId}\\S* on sdk:payment; it expires at (\\S+) at the latest`);
    const [, notAfter = ''] = told.exec(ended.stderr) ?? [];
    expect(Date.parse(notAfter)).toBeGreaterThan(Date.now());
  } finally {
    process.kill(workplace.shop.pids.payment, 'SIGCONT');
  }
  const next = await RunningUp.start(workplace);
  await eventually('no rule is left', 20_000, async () => (await seenRules(workplace)).length === 0);
  await eventually(
    'it has ended',
    30_000,
    async () =>
      z.object({ isOpen: z.literal(false) }).safeParse((await next.ask('GET', `/experiments/${experimentId}`)).body)
        .success,
  );
  expect(await verdictOf(experimentId)).toMatchObject({ verdict: 'aborted' });
  expect((await next.process.end('SIGINT')).code).toBe(0);
});

test('after a SIGKILL the next start adopts the Temporal that lives, and no fault of that time stays', async () => {
  const killed = await RunningUp.start(workplace);
  const experimentId = await killed.begin(shortScenario({ name: 'outlives', inject: nothing('20s') }));
  await untilMarkerIsActive(workplace);
  await killed.process.end('SIGKILL');
  const temporal = z.object({ pid: z.number() });
  const note = join(workplace.dir, '.gameday', 'temporal.json');
  const { pid } = temporal.parse(JSON.parse(readFileSync(note, 'utf8')));

  const next = await RunningUp.start(workplace);
  expect(next.process.stderr).toContain(`was already running`);
  expect(next.temporalAddress).toBe(killed.temporalAddress);
  expect(temporal.parse(JSON.parse(readFileSync(note, 'utf8'))).pid).toBe(pid);
  const watched = await workplace.run(['watch', experimentId, '--json']);
  // Which of the two depends on how long this machine takes to start; a fault that stayed would be neither.
  expect(documentOf(watched)).toMatchObject({ injections: [{ end: 'absent' }] });
  expect(['passed', 'errored']).toContain(documentOf(watched).verdict);
  expect(seenMarkers(workplace)).toEqual([]);
  expect((await next.process.end('SIGINT')).code).toBe(0);
});

test('a Temporal that is killed under it is started again at the same address, and the experiment goes on', async () => {
  const up = await RunningUp.start(workplace);
  const experimentId = await up.begin(shortScenario({ name: 'goes-on', inject: nothing('15s') }));
  await untilMarkerIsActive(workplace);
  const note = join(workplace.dir, '.gameday', 'temporal.json');
  const readPid = (): number => z.object({ pid: z.number() }).parse(JSON.parse(readFileSync(note, 'utf8'))).pid;
  const pid = readPid();
  process.kill(pid, 'SIGKILL');
  await up.process.says(new RegExp(`Temporal is back on ${up.temporalAddress} `));
  expect(readPid()).not.toBe(pid);
  const watched = await workplace.run(['watch', experimentId, '--json']);
  // Which of the two depends on how long this machine takes to start; a fault that stayed would be neither.
  expect(documentOf(watched)).toMatchObject({ injections: [{ end: 'absent' }] });
  expect(['passed', 'errored']).toContain(documentOf(watched).verdict);
  const ended = await up.process.end('SIGINT');
  expect(ended.code).toBe(0);
  expect(ended.stderr.match(/starting it again/g)).toHaveLength(1);
  await expectNothingRuns();
});

test('Ctrl-C while it starts leaves nothing running', async () => {
  const up = new WatchedProcess(workplace.start(['up']));
  const isTemporal = (pid: number): boolean => commandOf(pid).includes('server start-dev');
  await eventually('Temporal is being started', 20_000, async () => processesHere().some(isTemporal));
  expect((await up.end('SIGINT')).code).toBe(0);
  await expectNothingRuns();
});
