import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectionRecord } from '../../src/domain/evidence';
import { aVerdict, anEvidence, at } from '../api/make';
import { serve, type Served } from '../api/serve';
import { anUp, fakeWorld, type FakeWorld } from './fake-world';
import { until } from './until';

const injection: InjectionRecord = {
  injectionId: 'x-1-1',
  stepId: '1',
  fault: 'noop/nothing',
  lockKey: 'noop:x',
  targets: ['noop:x'],
  countsHits: false,
  preparedAt: at,
  notAfter: '2026-01-01T00:05:00.000Z',
  injectedAt: at,
  effectSeen: true,
};

describe('gameday run', () => {
  let served: Served;
  let world: FakeWorld;
  let file: string;

  beforeEach(async () => {
    served = await serve();
    world = await fakeWorld({ url: served.url, token: 'token-of-ada' });
    file = join(await mkdtemp(join(tmpdir(), 'gameday-run-')), 'scenario.yaml');
    await writeFile(file, 'kind: experiment\n');
  });

  afterEach(() => served.app.close());

  const theOne = () => [...served.gameday.runs.keys()][0] ?? '';

  async function started(): Promise<string> {
    await until(() => world.stderr.some((line) => line.includes('preflight')));
    return theOne();
  }

  async function end(id: string, verdict = aVerdict()): Promise<void> {
    await served.store.saveEvidence(anEvidence({ experimentId: id }), verdict);
    served.gameday.end(id, verdict);
  }

  test.each([
    ['passed', 0],
    ['failed', 1],
    ['errored', 2],
    ['refused', 3],
    ['aborted', 4],
    ['inconclusive', 5],
  ] as const)('exits for %s with %i and says verdict, reasons and where the report is', async (verdict, exitCode) => {
    const running = world.run('run', file);
    const id = await started();
    await end(id, aVerdict({ verdict, reasons: ['because of 42'] }));

    expect(await running).toBe(exitCode);
    const report = join(world.settings.stateDir, 'reports', `${id}.html`);
    expect(world.stdout.join('\n')).toContain(`${verdict}  checkout-survives in demo (${id})`);
    expect(world.stdout.join('\n')).toContain('- because of 42');
    expect(world.stdout.join('\n')).toContain(`report: ${report}`);
    expect(readFileSync(report, 'utf8')).toBe(`<p>${verdict}</p>`);
  });

  test('prints one JSON document on stdout and nothing else with --json', async () => {
    const running = world.run('run', file, '--json');
    await end(await started());
    await running;

    expect(world.stdout).toHaveLength(1);
    const document = JSON.parse(world.stdout[0] ?? '');
    expect(Object.keys(document)).toEqual(
      expect.arrayContaining(['experimentId', 'verdict', 'reasons', 'scenario', 'environment', 'planHash', 'phases']),
    );
    expect(Object.keys(document)).toEqual(expect.arrayContaining(['injections', 'timings', 'report']));
    expect(existsSync(document.report)).toBe(true);
  });

  test('tells phases, injections and questions as plain lines on stderr, each once', async () => {
    const running = world.run('run', file);
    const id = await started();
    const question = {
      approval: { from: ['sre'], required: 1, expiresInMs: 1, remindEveryMs: 1 },
      ...{ planHash: 'p', targetsHash: 't', expiresAt: '2026-01-01T01:00:00.000Z' },
    };
    const evidence = served.gameday.run(id).progress.evidence;
    served.gameday.change(id, { question, phase: 'approval' });
    await until(() => world.stderr.some((line) => line.includes('waits for 1 of sre')));
    served.gameday.change(id, { phase: 'steps', evidence: { ...evidence, injections: [injection] } });
    await until(() => world.stderr.some((line) => line.includes('injected noop/nothing on noop:x')));
    await end(id);
    await running;

    expect(world.stderr.filter((line) => line.includes('preflight'))).toHaveLength(1);
    expect(world.stderr.join('\n')).toContain(`gameday approve ${id}`);
  });

  test('shows every problem of the scenario as file:line:column and exits 2', async () => {
    await writeFile(file, 'nonsense');

    expect(await world.run('run', file)).toBe(2);
    expect(world.stderr).toContain(`${file}:1:1: expected kind, found nothing`);
    expect(world.stdout).toEqual([]);
  });

  test('puts the problems into the one document of --json', async () => {
    await writeFile(file, 'nonsense');

    expect(await world.run('run', file, '--json')).toBe(2);
    expect(world.stdout).toHaveLength(1);
    expect(JSON.parse(world.stdout[0] ?? '').problems).toEqual([expect.objectContaining({ file, line: 1 })]);
  });

  test.each(['missing.yaml', '.'])('says that %s is no scenario file and exits 2', async (path) => {
    expect(await world.run('run', path)).toBe(2);
    expect(world.stderr.join('\n')).toContain(`${path}:1:1: expected a file`);
  });

  test('hands variables over, those of --var before those of --var-file', async () => {
    const variables = join(file, '..', 'variables.yaml');
    await writeFile(variables, 'percent: 10\nhold: 5s\n');
    const asked: unknown[] = [];
    const { make } = served.parts.plans;
    served.parts.plans.make = (request) => (asked.push(request.variables), make(request));

    const running = world.run('run', file, '--var-file', variables, '--var', 'percent=20', '--var', 'name=a=b');
    await end(await started());
    await running;

    expect(asked).toEqual([{ percent: '20', hold: '5s', name: 'a=b' }]);
  });

  test('aborts on the first Ctrl-C and waits for the rollback', async () => {
    const running = world.run('run', file);
    const id = await started();
    world.interrupt();
    await until(() => served.gameday.aborted.length === 1);
    await end(id, aVerdict({ verdict: 'aborted' }));

    expect(await running).toBe(4);
    expect(served.gameday.aborted[0]?.[1].by.name).toBe('ada');
    expect(world.stderr.join('\n')).toContain('waiting for the rollback');
  });

  test('leaves on the second Ctrl-C and says which fault remains and when it expires', async () => {
    const running = world.run('run', file);
    const id = await started();
    const evidence = served.gameday.run(id).progress.evidence;
    served.gameday.change(id, { evidence: { ...evidence, injections: [injection] } });
    await until(() => world.stderr.some((line) => line.includes('injected')));
    world.interrupt();
    world.interrupt();

    expect(await running).toBe(4);
    expect(world.stderr.join('\n')).toContain('Still there: x-1-1 on noop:x; it expires at 2026-01-01T00:05:00.000Z');
  });

  test('aborts through Temporal when the API has gone', async () => {
    const running = world.run('run', file);
    const id = await started();
    await served.app.close();
    world.offlineGameday.runs.set(id, served.gameday.run(id));
    world.interrupt();
    await until(() => world.offlineGameday.aborted.length === 1);
    world.interrupt();

    expect(await running).toBe(4);
    expect(world.offlineGameday.aborted[0]?.[1].by.name).toBe('operator');
  });

  test('goes on when the API comes back at another address', async () => {
    let access = { url: served.url, token: 'token-of-ada' };
    const moving = await fakeWorld(undefined, { findApi: async () => access });
    const running = moving.run('run', file);
    await until(() => moving.stderr.some((line) => line.includes('preflight')));
    const id = theOne();
    await served.app.close();
    await until(() => moving.stderr.some((line) => line.includes('the API does not answer')));
    const { gameday, store } = served;
    served = await serve({ gameday, store });
    access = { url: served.url, token: 'token-of-ada' };
    await until(() => moving.stderr.some((line) => line.includes('the API answers again')));
    await store.saveEvidence(anEvidence({ experimentId: id }), aVerdict());
    gameday.end(id, aVerdict());

    expect(await running).toBe(3);
  });

  test('says that an experiment ended without a verdict and exits 2', async () => {
    const running = world.run('run', file);
    served.gameday.terminate(await started());

    expect(await running).toBe(2);
    expect(world.stderr.join('\n')).toContain('was terminated');
  });

  test('gives the verdict also while the report cannot be made', async () => {
    const running = world.run('run', file);
    const id = await started();
    served.store.isAway = true;
    served.gameday.end(id, aVerdict({ verdict: 'passed' }));

    expect(await running).toBe(0);
    expect(world.stderr.join('\n')).toContain(`later: gameday report ${id}`);
  });

  test('brings everything up when nothing runs, and stops it afterwards', async () => {
    let stopped = 0;
    const access = { url: served.url, token: 'token-of-ada' };
    const up = anUp(access, { stop: async () => ((stopped += 1), []) });
    const alone = await fakeWorld(undefined, { bringUp: async () => up });
    const running = alone.run('run', file);
    await until(() => served.gameday.runs.size === 1);
    await end(theOne());

    expect(await running).toBe(3);
    expect(stopped).toBe(1);
  });

  test("stays up until another command's experiment has ended", async () => {
    let stopped = 0;
    const access = { url: served.url, token: 'token-of-ada' };
    const up = anUp(access, { stop: async () => ((stopped += 1), []) });
    const alone = await fakeWorld(undefined, { bringUp: async () => up });
    const running = alone.run('run', file);
    await until(() => served.gameday.runs.size === 1);
    const { body } = await served.ask('POST', '/api/v1/experiments', { text: 'kind: experiment' });
    await end(theOne());
    await until(() => alone.stderr.some((line) => line.includes('Staying up until')));
    expect(stopped).toBe(0);
    await end(String(body['experimentId']));

    await running;
    expect(stopped).toBe(1);
  });

  test('starts nothing when it is interrupted while everything comes up', async () => {
    const access = { url: served.url, token: 'token-of-ada' };
    const alone = await fakeWorld(undefined, {
      bringUp: async () => {
        alone.interrupt();
        return anUp(access);
      },
    });

    expect(await alone.run('run', file)).toBe(4);
    expect(served.gameday.runs.size).toBe(0);
  });

  test('rehearses with the same workflow and prints plan, targets and baseline', async () => {
    const running = world.run('rehearse', file);
    const id = await started();
    const capabilities = {
      expiry: 'lease',
      hasFence: true,
      isReversible: true,
      countsHits: true,
      scope: 'one point',
    } as const;
    const target = {
      identity: 'sdk:payment/charge',
      lockKey: 'sdk:payment',
      description: 'point charge of payment',
      facts: {},
    };
    const survey = { stepId: '1', fault: 'sdk/error', targets: [target], total: 4, percent: 25, trafficPercent: 40 };
    const surveys = [{ ...survey, refusals: [], capabilities }];
    await served.store.saveEvidence(anEvidence({ experimentId: id, isRehearsal: true, surveys }), aVerdict());
    served.gameday.end(id, aVerdict());
    await running;

    expect(served.gameday.run(id).input.isRehearsal).toBe(true);
    const text = world.stdout.join('\n');
    expect(text).toContain('plan of checkout-survives in demo');
    expect(text).toContain('1 of 4 selected (25 %), at most 40 % of traffic');
    expect(text).toContain('sdk:payment/charge');
    expect(text).toContain('rehearsal of checkout-survives');
    expect(text).not.toContain('baseline:');
  });

  test('watches an experiment that somebody else started, and Ctrl-C leaves it alone', async () => {
    const { body } = await served.ask('POST', '/api/v1/experiments', { text: 'kind: experiment' });
    const running = world.run('watch', String(body['experimentId']));
    await started();
    world.interrupt();

    expect(await running).toBe(4);
    expect(served.gameday.aborted).toEqual([]);
  });
});
