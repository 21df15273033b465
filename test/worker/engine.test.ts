import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countActiveInjections } from '../../src/client/count-active-injections';
import { planHash } from '../../src/scenario/plan-hash';
import { eventually } from '../contract/eventually';
import { anInjectStep, aPlan } from '../fakes/plan';
import { startEngine } from '../harness/engine';
import type { Engine } from '../harness/engine';

const directory = mkdtempSync(join(tmpdir(), 'gameday-noop-'));
let engine: Engine;

beforeAll(async () => {
  engine = await startEngine('demo', {
    connection: (system) => (system === 'noop' ? { directory } : undefined),
    optedIn: (system) => (system === 'noop' ? [{ name: 'anything' }] : []),
  });
});

afterAll(async () => {
  await engine.stop();
  rmSync(directory, { recursive: true });
});

/** A plan that needs nothing but the directory. */
function noopPlan(forMs = 0) {
  return aPlan({
    probes: [],
    signals: [],
    steadyState: { forMs: 0, expect: [] },
    steps: [anInjectStep({ fault: 'noop/nothing', target: { name: 'anything' }, params: { percent: 40 }, forMs })],
    during: [],
    guards: [],
    recovery: { withinMs: 1_000, expect: [] },
  });
}

test('an experiment on the no-op runs through every phase on a real Temporal and leaves nothing behind', async () => {
  const plan = noopPlan();
  const input = { plan, planHash: planHash(plan), startedBy: { name: 'ada', groups: [] }, isRehearsal: false };
  await engine.gameday.start({ ...input, experimentId: 'noop-1' });
  const { verdict } = await engine.gameday.result('noop-1');
  const evidence = engine.stored.get('noop-1');
  const phases = ['preflight', 'baseline', 'steps', 'rollback', 'recovery', 'verdict'];
  expect(evidence?.phases.map((one) => one.phase)).toEqual(phases);
  expect(evidence?.injections[0]).toMatchObject({ end: 'absent', effectSeen: true });
  expect(verdict).toMatchObject({ verdict: 'inconclusive', rule: 6 });
  expect(readdirSync(directory)).toEqual([]);
});

test('an injection counts as active from its preparation until it is seen gone, and its environment stays known', async () => {
  const plan = noopPlan(60_000);
  const by = { name: 'ada', groups: [] };
  const active = () => countActiveInjections(engine.client);
  expect(await active()).toBe(0);
  await engine.gameday.start({
    plan,
    planHash: planHash(plan),
    startedBy: by,
    isRehearsal: false,
    experimentId: 'noop-2',
  });
  await eventually('the marker is in effect', 20_000, async () => readdirSync(directory).length > 0);
  await eventually('it is counted', 5_000, async () => (await active()) === 1);

  const at = new Date().toISOString();
  await engine.gameday.abort('noop-2', { kind: 'abort', by, reason: 'seen enough', at });
  expect((await engine.gameday.result('noop-2')).verdict.verdict).toBe('aborted');

  expect(await active()).toBe(0);
  expect(await engine.gameday.environmentNames()).toEqual(['demo']);
});
