import type { InjectionRecord } from '../../src/domain/evidence';
import { aVerdict, anEvidence, at } from '../api/make';
import { serve, type Served } from '../api/serve';
import { fakeWorld, type FakeWorld } from './fake-world';

describe('status', () => {
  let served: Served;
  let world: FakeWorld;
  let id: string;

  beforeEach(async () => {
    served = await serve();
    const now = () => Date.parse(at) + 12_000;
    world = await fakeWorld({ url: served.url, token: 'token-of-ada' }, { now });
    const { body } = await served.ask('POST', '/api/v1/experiments', { text: 'kind: experiment' });
    id = String(body['experimentId']);
  });

  afterEach(() => served.app.close());

  const harm: InjectionRecord = {
    injectionId: 'i-1',
    stepId: '1',
    fault: 'sdk/error',
    lockKey: 'sdk:payment',
    targets: ['sdk:payment/charge'],
    countsHits: true,
    effectSeen: false,
    preparedAt: at,
    injectedAt: at,
    notAfter: '2026-01-01T00:05:00.000Z',
  };

  function harming(): void {
    const { progress } = served.gameday.run(id);
    const evidence = { ...progress.evidence, phases: [{ phase: 'steps' as const, startedAt: at }], injections: [harm] };
    served.gameday.change(id, { phase: 'steps', details: 'carrying out the step', evidence });
    const open = { injectionId: 'i-1', experimentId: id, environment: 'demo', lockKey: 'sdk:payment' };
    served.gameday.injections = [{ ...open, fault: 'sdk/error', startedAt: at }];
  }

  test('names scenario, environment, phase, how long it has lasted and what is harmed', async () => {
    harming();

    expect(await world.run('status')).toBe(0);

    const text = world.stdout.join('\n');
    expect(text).toContain(`${id}  checkout-survives  demo  steps for 12 s  sdk/error in effect on sdk:payment/charge`);
    expect(text).toMatch(
      /i-1 {2}sdk\/error on sdk:payment\/charge {2}sdk:payment {2}demo {2}in effect since .* gone by 2026/,
    );
    expect(text).not.toContain('carrying out');
  });

  test('shows first which environment is halted, by whom, why, and how to resume it', async () => {
    const halted = { by: { name: 'ben', groups: [] }, reason: 'real incident', at };
    served.gameday.environments.set('demo', { name: 'demo', experiments: [], injections: [], halted });

    await world.run('status');

    const lines = world.stdout.join('\n').split('\n');
    expect(lines[0]).toBe(`HALTED  demo: by ben since ${at}: real incident`);
    expect(lines[1]?.trim()).toBe('gameday resume demo --reason "…"');
  });

  test('says with nothing running that nothing runs, which sentinel does, and claims nothing about faults', async () => {
    const alone = await fakeWorld(undefined, { findSentinel: async () => ({ pid: 4711 }) });

    expect(await alone.run('status')).toBe(0);

    expect(alone.stdout.join('\n')).toMatch(/^Nothing runs here\. "gameday faults" asks the targets/);
    expect(alone.stdout.join('\n')).toContain('process 4711; kill 4711 asks it to leave once no fault is left');
  });

  test('carries the same with --json', async () => {
    harming();
    const halted = { by: { name: 'ben', groups: [] }, reason: 'real incident', at };
    served.gameday.environments.set('demo', { name: 'demo', experiments: [], injections: [], halted });

    await world.run('status', '--json');

    expect(JSON.parse(world.stdout.join(''))).toMatchObject({
      environments: [{ name: 'demo', halted }],
      open: [id],
      experiments: [{ experimentId: id, scenario: 'checkout-survives', phase: 'steps', phaseStartedAt: at }],
      injections: [{ injectionId: 'i-1', targets: ['sdk:payment/charge'], injectedAt: at, notAfter: harm.notAfter }],
      troubles: [],
    });
  });

  test('names an experiment that does not answer by its id and says why', async () => {
    served.gameday.progress = () => Promise.reject(new Error('no worker'));

    expect(await world.run('status')).toBe(0);

    expect(world.stdout.join('\n')).toContain(`${id}  does not answer`);
    expect(world.stderr.join('\n')).toContain('no worker');
  });

  test('of one experiment tells what it does, and shows the hashes that a decision has to name', async () => {
    await world.run('status', id);
    const approval = { from: ['sre'], required: 1, expiresInMs: 1, remindEveryMs: 1 };
    const question = { approval, planHash: 'plan-1', targetsHash: 'targets-1', expiresAt: at };
    served.gameday.change(id, { phase: 'approval', question });
    await world.run('status', id);
    await served.store.saveEvidence(anEvidence({ experimentId: 'old-1' }), aVerdict());
    await world.run('status', 'old-1');

    const text = world.stdout.join('\n');
    expect(text).toContain(`${id}  preflight for 12 s: looking at targets  (checkout-survives in demo)`);
    expect(text).toMatch(/waits for 1 of sre[^]*plan {4}plan-1\n {2}targets targets-1\n {2}gameday approve/);
    expect(text).toContain('old-1  refused');
  });
});
