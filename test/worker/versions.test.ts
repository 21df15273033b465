import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { workflowId } from '../../src/domain/workflow-id';
import { planHash } from '../../src/scenario/plan-hash';
import { eventually } from '../contract/eventually';
import { anInjectStep, aPlan } from '../fakes/plan';
import { makeCurrent, versioningOf } from '../harness/deployment';
import { startEngine } from '../harness/engine';
import type { Engine } from '../harness/engine';

const ada = { name: 'ada', groups: [] };
const environment = workflowId.environment('demo');
let directory: string;
let engine: Engine | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gameday-versions-'));
});

afterEach(async () => {
  await engine?.stop();
  engine = undefined;
  rmSync(directory, { recursive: true });
});

async function anEngine(buildId?: string): Promise<Engine> {
  const access = {
    connection: (system: string) => (system === 'noop' ? { directory } : undefined),
    optedIn: (system: string) => (system === 'noop' ? [{ name: 'anything' }] : []),
  };
  engine = await startEngine('demo', access, buildId);
  return engine;
}

/** Starts an experiment that needs nothing but the directory and lasts as long as its hold. */
async function start({ gameday }: Engine, experimentId: string, forMs: number): Promise<void> {
  const step = anInjectStep({ fault: 'noop/nothing', target: { name: 'anything' }, params: { percent: 40 }, forMs });
  const nothingJudged = { probes: [], signals: [], during: [], guards: [], steadyState: { forMs: 0, expect: [] } };
  const plan = aPlan({ ...nothingJudged, steps: [step], recovery: { withinMs: 1_000, expect: [] } });
  await gameday.start({ plan, planHash: planHash(plan), startedBy: ada, isRehearsal: false, experimentId });
}

/** Nothing is judged in these experiments: by rule 6 they end when the hold does, by rule 4 when a person stops them. */
async function expectGoodEnd({ gameday, stored }: Engine, experimentId: string, rule: 4 | 6 = 6): Promise<void> {
  expect((await gameday.result(experimentId)).verdict.rule).toBe(rule);
  expect(stored.get(experimentId)?.injections[0]).toMatchObject({ end: 'absent', effectSeen: true });
  expect(stored.get(experimentId)?.errors).toEqual([]);
  expect(readdirSync(directory)).toEqual([]);
}

/** Gives the environment's workflow tasks until one is done by this build; the server spreads the news of it by and by. */
async function untilFollowing({ client, gameday }: Engine, buildId: string): Promise<void> {
  await eventually(`the move to ${buildId}`, 40_000, async () => {
    // One that a busy machine does not take in time is sent again, and not so often that it is busy with them.
    await gameday.resume('demo', ada).catch(() => undefined);
    await setTimeout(100);
    const now = await versioningOf(client, environment);
    return now.buildId === buildId && now.behavior === 'auto-upgrade';
  });
}

test('an environment moves to the version that becomes current, while an open experiment ends on its own', async () => {
  const running = await anEngine('a');
  const { client, gameday } = running;
  await makeCurrent(client, 'a');
  await start(running, 'first', 300_000);
  await eventually('the fault', 30_000, async () => readdirSync(directory).length > 0);
  expect(await versioningOf(client, environment)).toEqual({ buildId: 'a', behavior: 'auto-upgrade' });

  await running.addWorkers('b');
  await makeCurrent(client, 'b');
  await untilFollowing(running, 'b');
  expect((await gameday.environment('demo'))?.injections).toHaveLength(1);

  const at = new Date().toISOString();
  await gameday.abort('first', { kind: 'abort', by: ada, reason: 'seen enough', at });
  await expectGoodEnd(running, 'first', 4);
  expect(await versioningOf(client, workflowId.experiment('first'))).toEqual({ buildId: 'a', behavior: 'pinned' });
  await eventually('free places', 10_000, async () => (await gameday.environment('demo'))?.experiments.length === 0);

  await start(running, 'second', 0);
  await expectGoodEnd(running, 'second');
  expect(await versioningOf(client, workflowId.experiment('second'))).toEqual({ buildId: 'b', behavior: 'pinned' });
}, 120_000);

test('an environment that began without versions follows them from the first current version on', async () => {
  const running = await anEngine();
  const { client } = running;
  await start(running, 'first', 0);
  await expectGoodEnd(running, 'first');
  expect(await versioningOf(client, environment)).toEqual({ buildId: '', behavior: 'none' });

  for (const buildId of ['a', 'b']) {
    await running.addWorkers(buildId);
    await makeCurrent(client, buildId);
    await untilFollowing(running, buildId);
  }
  await start(running, 'second', 0);
  await expectGoodEnd(running, 'second');
}, 120_000);
