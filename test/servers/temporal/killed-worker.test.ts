import { eventually } from '../../contract/eventually';
import { Watchtower } from '../../end-to-end/rig/watchtower';
import { scenario } from '../../end-to-end/rig/scenario';
import { freePort, openForeignRig, type ForeignRig } from './foreign-rig';

jest.setTimeout(180_000);

let rig: ForeignRig;

beforeAll(async () => void (rig = await openForeignRig()));
afterAll(() => rig.close());

/** The process that watches an experiment now, as Temporal says it. */
async function watcherOf(experimentId: string): Promise<number> {
  const words = ['workflow', 'describe', '--workflow-id', `experiment:${experimentId}`];
  const { pendingActivities = [] } = JSON.parse(await rig.temporal.owner(...words));
  const found = pendingActivities.find(
    (one: { activityType: { name: string } }) => one.activityType.name === 'observe',
  );
  return Number(String(found?.lastWorkerIdentity ?? '').split('@')[0]);
}

test('of two workers the one that watches is killed in mid-hold: the other carries on, and the verdict is passed', async () => {
  const port = await freePort();
  const workers = [rig.part('worker'), rig.part('worker')];
  const others = [rig.part('server', '--port', port), rig.part('sentinel', '--port', await freePort())];
  await Promise.all([...workers, ...others].map((part) => part.start()));
  const api = rig.api(Number(port));
  const tower = new Watchtower(rig.side);
  try {
    const experimentId = await api.start(scenario(rig.side, { hold: '25s', baseline: '2s', lease: '15s' }));
    await tower.untilThere();
    let watcher = 0;
    await eventually('somebody watches', 20_000, async () => (watcher = await watcherOf(experimentId)) > 0);
    const killed = workers.find((worker) => worker.pid === watcher);
    expect(killed).toBeDefined();
    await killed?.kill();
    const survivor = workers.find((worker) => worker !== killed);
    await eventually('the other watches', 20_000, async () => (await watcherOf(experimentId)) === survivor?.pid);
    expect(await rig.side.faults()).toHaveLength(1);
    const { verdict, evidence } = await api.untilEnded(experimentId, 90_000);
    expect(verdict).toMatchObject({ verdict: 'passed' });
    expect(evidence.injections).toEqual([expect.objectContaining({ end: 'absent', effectSeen: true })]);
    expect(await rig.side.faults()).toEqual([]);
    expect(tower.appearances).toBe(1);
    const { rolledBackAt = '', injectedAt = '' } = evidence.injections[0] ?? {};
    expect(Date.parse(rolledBackAt) - Date.parse(injectedAt)).toBeGreaterThanOrEqual(25_000);
  } finally {
    tower.close();
  }
});
