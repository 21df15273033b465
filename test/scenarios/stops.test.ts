import { createServer, type Server } from 'node:http';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { RunningUp } from '../harness/running-up';
import { documentOf, startRun } from '../harness/run-process';
import { seenMarkers, seenRules, untilMarkerIsActive } from '../harness/seen-faults';
import { nothing, paymentErrors, shortScenario, type ShortScenario } from '../harness/short-scenario';
import { processesOf, commandOf } from '../harness/traces';
import { WatchedProcess } from '../harness/watched-process';
import { Workplace } from '../harness/workplace';

jest.setTimeout(120_000);

const guardedMarkers = 'noop-of-guarded';

let workplace: Workplace;
let up: RunningUp;
let deployments: Deployments;

beforeAll(async () => {
  workplace = await Workplace.open();
  deployments = await Deployments.open();
  addEnvironment(
    'guarded',
    `blockers:\n  deployment: { json: { url: '${deployments.url}', path: $.state }, expect: '== none' }\n`,
  );
  up = await RunningUp.start(workplace);
});

afterAll(async () => {
  await up.stop();
  deployments.server.close();
  await workplace.close();
});

/** Says whether a deployment is under way. */
class Deployments {
  state = 'none';

  private constructor(
    readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Deployments> {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.statusCode = deployments.state === 'broken' ? 500 : 200;
      response.end(JSON.stringify({ state: deployments.state }));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    return new Deployments(server, `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`);
  }
}

function addEnvironment(name: string, more: string): void {
  const text = readFileSync(join(workplace.dir, 'environments', 'demo.yaml'), 'utf8');
  const own = text.replace('name: demo', `name: ${name}`).replace('.gameday/noop', `.gameday/noop-of-${name}`);
  writeFileSync(join(workplace.dir, 'environments', `${name}.yaml`), own + more);
}

function write(scenario: ShortScenario): string {
  const file = join('scenarios', `${scenario.name}.yaml`);
  writeFileSync(join(workplace.dir, file), shortScenario(scenario));
  return file;
}

test.each([
  ['deployment', 'blocker deployment is deployment'],
  ['broken', 'blocker deployment is unknown'],
])('a blocker that says %s before the inject refuses it', async (state, reason) => {
  deployments.state = state;
  const file = write({ name: 'blocked-before', environment: 'guarded', inject: nothing('3s') });
  const ended = await workplace.run(['run', file, '--json']);
  expect({ ...documentOf(ended), code: ended.code }).toMatchObject({
    verdict: 'refused',
    code: 3,
    reasons: [expect.stringContaining(reason)],
  });
  expect(seenMarkers(workplace, guardedMarkers)).toEqual([]);
});

test('a blocker that appears during the hold rolls back and ends it aborted', async () => {
  deployments.state = 'none';
  const file = write({ name: 'blocked-later', environment: 'guarded', inject: nothing('60s') });
  const { run } = await startRun(workplace, [file]);
  await untilMarkerIsActive(workplace, guardedMarkers);
  deployments.state = 'deployment';
  const ended = await run.ended;
  expect(seenMarkers(workplace, guardedMarkers)).toEqual([]);
  expect({ ...documentOf(ended), code: ended.code }).toMatchObject({
    verdict: 'aborted',
    code: 4,
    reasons: [expect.stringContaining('blocker deployment is deployment')],
  });
});

test('halt removes the fault and admits nothing until resume', async () => {
  const long = write({ name: 'halted', inject: nothing('60s') });
  const brief = write({ name: 'brief', inject: nothing('2s') });
  const { run, experimentId } = await startRun(workplace, [long]);
  await untilMarkerIsActive(workplace);
  await expectListed(experimentId);
  const swept = await workplace.run(['sweep', '--json']);
  expect(swept.code).toBe(0);
  expect(JSON.parse(swept.stdout)).toMatchObject({ findings: [{ outcome: 'left', lockKey: 'noop:anything' }] });

  expect(await workplace.run(['halt', 'demo', '--reason', 'real incident'])).toMatchObject({ code: 0 });
  const ended = await run.ended;
  expect(seenMarkers(workplace)).toEqual([]);
  expect({ ...documentOf(ended), code: ended.code }).toMatchObject({
    verdict: 'aborted',
    code: 4,
    reasons: [expect.stringContaining('real incident')],
  });
  const refused = await workplace.run(['run', brief, '--json']);
  expect({ ...documentOf(refused), code: refused.code }).toMatchObject({
    verdict: 'refused',
    code: 3,
    reasons: [expect.stringContaining('is halted')],
  });
  expect(await workplace.run(['resume', 'demo', '--reason', 'over'])).toMatchObject({ code: 0 });
  expect(await workplace.run(['run', brief])).toMatchObject({ code: 0 });
});

async function expectListed(experimentId: string): Promise<void> {
  const { code, stdout } = await workplace.run(['faults', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    faults: [{ experimentId, fault: 'noop/nothing', lockKey: 'noop:anything', environment: 'demo' }],
    troubles: [],
  });
}

test('a rehearsal prints plan and targets and touches nothing; a target that is not opted in is refused at its place', async () => {
  const charge = paymentErrors('3s');
  const file = write({ name: 'rehearsed', inject: charge });
  const rehearsal = new WatchedProcess(workplace.start(['rehearse', file]));
  const seen = [];
  while (!rehearsal.hasEnded) seen.push(...(await seenRules(workplace)));
  const { code, stdout } = await rehearsal.ended;
  expect({ code, seen, markers: seenMarkers(workplace) }).toEqual({ code: 0, seen: [], markers: [] });
  expect(stdout).toContain('targets of step 1, sdk/error: 1 of 1 selected (100 %), at most 20 % of traffic');
  expect(stdout).toMatch(/^ {2}sdk:payment\/charge/m);
  for (const part of [
    'hypothesis:',
    'steady state for 2 s',
    'inject sdk/error into',
    'during:',
    'guard:',
    'recovery within 30 s',
    'blast radius:',
  ])
    expect(stdout).toContain(part);
  expect(stdout).toMatch(/^baseline:\n {2}success-rate: 1 ratio$/m);

  const other = await workplace.run([
    'rehearse',
    write({ name: 'rehearsed', inject: charge.replace('charge', 'refund') }),
  ]);
  expect(other.code).toBe(2);
  expect(other.stderr).toMatch(/steps\[0\]\.target: .* opted in, "payment\/charge" .* found "payment\/refund"/);
  expect(other.stdout).not.toContain('sdk:payment/charge');
});

test('when nothing runs, faults, sweep, halt --direct and sweep --all work with the drivers alone', async () => {
  await up.begin(shortScenario({ name: 'left-behind', inject: nothing('60s') }));
  await untilMarkerIsActive(workplace);
  await up.process.end('SIGKILL');
  for (const pid of processesOf(workplace.dir, Object.values(workplace.shop.pids)))
    if (commandOf(pid).includes('server start-dev')) process.kill(pid, 'SIGKILL');
  const kept = keepMarker();

  expect((await workplace.run(['faults'])).stdout).toContain('noop:anything');
  const swept = await workplace.run(['sweep']);
  expect(swept).toMatchObject({ code: 0, stdout: expect.stringMatching(/^left .*may last until/) });
  expect(seenMarkers(workplace)).toHaveLength(1);

  const halted = await workplace.run(['halt', 'demo', '--direct']);
  expect(halted).toMatchObject({ code: 0, stdout: expect.stringMatching(/^removed /) });
  expect(seenMarkers(workplace)).toEqual([]);

  kept.putBack();
  expect(seenMarkers(workplace)).toHaveLength(1);
  const all = await workplace.run(['sweep', '--all', '--json']);
  expect(all.code).toBe(0);
  const { findings } = z.object({ findings: z.array(z.object({ outcome: z.string() })) }).parse(JSON.parse(all.stdout));
  expect(findings.some(({ outcome }) => outcome === 'removed')).toBe(true);
  expect(seenMarkers(workplace)).toEqual([]);
  expect((await workplace.run(['faults'])).stdout).toBe('No fault of ours is there.\n');
});

/** Copies the marker that is there, so that it can be put back. */
function keepMarker(): { putBack(): void } {
  const [noop, kept] = [join(workplace.dir, '.gameday', 'noop'), join(workplace.dir, 'kept')];
  mkdirSync(kept);
  const move = (from: string, to: string): void => {
    for (const name of readdirSync(from)) copyFileSync(join(from, name), join(to, name));
  };
  move(noop, kept);
  return { putBack: () => move(kept, noop) };
}
