import { nothing } from '../../activities/faults/noop/nothing';
import { catalogue } from '../../activities/catalogue';
import { startSentinel } from '../../src/sentinel/sentinel';
import { readSweepEnvironments } from '../../src/sweep/read-sweep-environments';
import { eventually } from '../contract/eventually';
import { armLife, injectLife } from '../contract/life';
import { anInjection } from '../fakes/injection';
import { worldsOfThisFile } from '../workflows/worlds-of-this-file';
import { contractWorldsOfThisFile, kinds, sweepAlone } from './contract-worlds';
import { NoopHome } from './noop-home';

const aWorld = worldsOfThisFile();
const worldOf = contractWorldsOfThisFile();

/** Where anybody who looks at the target finds the instant: in the rule's tag, or in the marker's name. */
const places: Record<string, (notAfter: string) => string> = {
  'sdk/error': (notAfter) => `"notAfter":"${notAfter}"`,
  'noop/nothing': (notAfter) => `.${Date.parse(notAfter)}.`,
};

describe.each(kinds)('%s', (kind) => {
  test('tells the target before the harm when it ends, and all that rollback needs', async () => {
    const world = worldOf(kind);
    const injection = await armLife(world);
    expect(await world.isInEffect(world.step)).toBe(false);
    expect(await world.snapshot()).toContain(places[kind]?.(injection.notAfter));
    expect(await world.driver.listFaults(world.tools())).toEqual([injection]);
  });

  test('is ended after notAfter by whoever has nothing but the environment, and not before', async () => {
    const world = worldOf(kind);
    const { notAfter } = await injectLife(world);
    expect(await sweepAlone(world, Date.parse(notAfter) - 1)).toMatchObject({ removed: [], kept: [{ state: 'held' }] });
    expect(await world.isInEffect(world.step)).toBe(true);
    expect((await sweepAlone(world, Date.parse(notAfter))).removed).toHaveLength(1);
    expect(await world.rawFaults()).toEqual([]);
    expect(await world.isInEffect(world.step)).toBe(false);
  });
});

test('a lease ends by itself at the target when nobody renews it', async () => {
  const world = worldOf('sdk/error');
  await injectLife(world, { leaseMs: 300 });
  await eventually('the end of the lease', 5_000, async () => !(await world.isInEffect(world.step)));
});

test('no renewal makes a lease outlive the hard stop', async () => {
  const world = worldOf('sdk/error');
  const injection = await injectLife(world);
  const nowMs = Date.parse(injection.hardStopAt) - 200;
  const late = world.tools({ now: () => nowMs });
  await world.driver.renew?.(injection, new Date(nowMs + 60_000), late);
  await eventually('the end of the lease', 5_000, async () => !(await world.isInEffect(world.step)));
});

test('the sentinel ends a real fault whose time is over and then leaves', async () => {
  const home = new NoopHome();
  const injection = anInjection();
  await home.inject(injection);
  const folder = { directory: home.environments, catalogue, env: {} };
  const sentinel = await startSentinel({
    drivers: [nothing],
    readEnvironments: () => readSweepEnvironments(folder),
    isParentAlive: async () => false,
    now: () => Date.parse(injection.notAfter) + 1,
    everyMs: 10,
  });
  await sentinel.ended;
  expect(home.files()).toEqual([]);
  home.remove();
});

test('the life of a fault is computed once under the lock and stands at the target before its effect', async () => {
  const world = aWorld();
  await world.start();
  await world.temporal.runUntil(() => world.target.traces().length > 0);
  const [armed] = world.target.traces();
  expect(world.target.active()).toEqual([]);
  const lockedAtMs = world.temporal.run('injection:sdk:payment').startedAtMs;
  const hardStopMs = lockedAtMs + 30_000 + 60_000 + 30_000;
  expect(armed).toMatchObject({
    hardStopAt: new Date(hardStopMs).toISOString(),
    notAfter: new Date(hardStopMs + 120_000).toISOString(),
  });
  await world.result();
  expect(world.target.log.map(({ act }) => act)).toEqual(['armed', 'injected', 'rolled back']);
});
