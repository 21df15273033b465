import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObserveInput } from '../../activities/contract';
import { catalogue } from '../../activities/catalogue';
import { nothing } from '../../activities/faults/noop/nothing';
import { injectActivities } from '../../activities/inject';
import { FaultKeeper } from '../../activities/observe/fault-keeper';
import { rememberOrStart } from '../../activities/observe/memory';
import type { Injection } from '../../src/domain/injection';
import { EnvironmentFolder } from '../../src/environments/environment-folder';
import { createMetrics } from '../../src/metrics/metrics';
import { EnvironmentFiles } from '../../src/sentinel/environment-files';
import { startSentinel } from '../../src/sentinel/sentinel';
import { environmentAccess } from '../../src/worker/environment-access';
import { sweepOnce } from '../../src/worker/sweeper';
import { anInjection } from '../fakes/injection';
import { aPlan } from '../fakes/plan';
import { calmTools } from './calm-tools';
import { fakeOrchestrator } from './fake-orchestrator';
import { inActivity } from './in-activity';
import { NoopHome } from './noop-home';

let home: NoopHome;
let injection: Injection;
let nowMs: number;
let folder: EnvironmentFolder;
let files: EnvironmentFiles;
const file = (): string => join(home.environments, 'demo.yaml');

beforeEach(async () => {
  home = new NoopHome();
  nowMs = Date.now();
  folder = new EnvironmentFolder(home.environments, catalogue, {}, () => nowMs);
  files = new EnvironmentFiles({ directory: home.environments, catalogue, env: {} });
  files.read();
  injection = anInjection();
  await home.inject(injection);
});
afterEach(() => home.remove());

const slips: [string, () => void][] = [
  ['was saved with a slip', () => writeFileSync(file(), 'kind: [')],
  ['is gone', () => rmSync(file())],
  [
    'does not name the connection any more',
    () => writeFileSync(file(), JSON.stringify({ kind: 'environment', name: 'demo' })),
  ],
];
/** One question per entry, so long after the slip: before the file has settled, and after. */
const asked = [0, 300, 2_000];

const tools = () => calmTools({ environment: async (name, reading) => environmentAccess(folder, name, reading) });
const activities = () => injectActivities(tools());
const call = { environment: 'demo', isRehearsal: false };

describe.each(slips)('while the environment file %s', (_how, slip) => {
  beforeEach(slip);

  test('a fault is rolled back by its injection', async () => {
    for (const laterMs of asked) {
      nowMs = Date.now() + laterMs;
      await expect(inActivity(() => activities().rollBackFault({ ...call, injection }))).resolves.toMatchObject({
        end: 'absent',
      });
    }
    expect(home.files()).toEqual([]);
  });

  test('a fault is seen and rolled back by its observer', async () => {
    const watched = { ...call, experimentId: injection.experimentId, id: 'hold-1', plan: aPlan() };
    const input: ObserveInput = { ...watched, purpose: 'hold', baseline: {}, injections: [injection], forMs: 1 };
    const memory = rememberOrStart(input, undefined, Date.now());
    const keeper = new FaultKeeper(tools(), input, memory, () => true);
    nowMs = Date.now() + 2_000;
    await inActivity(() => keeper.lookOnce());
    expect(memory.faults[injection.injectionId]).toMatchObject({ isActiveBeforeRollback: true });
    const rollbacks = await inActivity(() => keeper.rollBack('a guard tripped'));
    expect(rollbacks).toMatchObject([{ result: { end: 'absent', foundActive: true } }]);
  });

  test('a fault that nobody holds is removed by the sweep of a worker', async () => {
    const parts = { folder, orchestrator: fakeOrchestrator(), home: injection.home, metrics: createMetrics() };
    for (const laterMs of asked) {
      nowMs = Date.now() + laterMs;
      await sweepOnce(parts, ['demo']);
    }
    expect(home.files()).toEqual([]);
  });

  test('a fault whose time is over is removed by the sentinel, which stays until then', async () => {
    let rounds = 0;
    const sentinel = await startSentinel({
      drivers: [nothing],
      readEnvironments: () => ((rounds += 1), files.read()),
      isGone: (name) => files.isGone(name),
      isParentAlive: async () => false,
      now: () => Date.parse(injection.notAfter) + (rounds > 3 ? 1 : -1),
      everyMs: 10,
    });
    await sentinel.ended;
    expect(rounds).toBeGreaterThan(3);
    expect(home.files()).toEqual([]);
  });

  test('nothing is put into effect', async () => {
    const before = home.files();
    for (const laterMs of asked) {
      nowMs = Date.now() + laterMs;
      const late = anInjection();
      const { prepareFault, armFault, injectFault } = activities();
      const why = /no valid file|add connections\.noop/;
      await expect(inActivity(() => prepareFault({ ...call, prepared: late }))).rejects.toThrow(why);
      await expect(inActivity(() => armFault({ ...call, injection: late }))).rejects.toThrow(why);
      await expect(inActivity(() => injectFault({ ...call, injection: late }))).rejects.toThrow(why);
    }
    expect(home.files()).toEqual(before);
  });
});
