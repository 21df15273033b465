import { prepareLife, armLife, injectLife } from '../contract/life';
import type { World } from '../contract/world';
import { anInjection } from '../fakes/injection';
import { worldsOfThisFile } from '../workflows/worlds-of-this-file';
import { contractWorldsOfThisFile, kinds, sweepAlone } from './contract-worlds';
import { fakeOrchestrator } from './fake-orchestrator';
import { NoopHome } from './noop-home';

const worldOf = contractWorldsOfThisFile();
const aWorld = worldsOfThisFile();

async function expectNoEffect(world: World): Promise<void> {
  expect((await world.rawFaults()).filter(({ isActive }) => isActive)).toEqual([]);
  expect(await world.isInEffect(world.step)).toBe(false);
}

describe.each(kinds)('%s', (kind) => {
  test('refuses an inject that arrives after its rollback', async () => {
    const world = worldOf(kind);
    for (const live of [armLife, injectLife]) {
      const injection = await live(world);
      await world.driver.rollback(injection, world.tools());
      await expect(world.driver.inject(injection, world.tools())).rejects.toThrow(/cannot inject/);
      await expectNoEffect(world);
    }
  });

  test('refuses an inject, and an arming, that arrive after notAfter', async () => {
    const world = worldOf(kind);
    const injection = await armLife(world);
    const late = world.tools({ now: () => Date.parse(injection.notAfter) });
    await expect(world.driver.inject(injection, late)).rejects.toThrow(/its time was over/);
    await expectNoEffect(world);
    await world.reset();
    await expect(world.driver.arm?.(injection, late)).rejects.toThrow(/its time was over/);
    expect(await world.rawFaults()).toEqual([]);
  });

  test('refuses an inject that was never armed', async () => {
    const world = worldOf(kind);
    const injection = await prepareLife(world);
    await expect(world.driver.inject(injection, world.tools())).rejects.toThrow(/cannot inject/);
    await expectNoEffect(world);
  });

  test('what an arming that arrives too late leaves is gone within one sweep after its time', async () => {
    const world = worldOf(kind);
    const injection = await prepareLife(world);
    await world.driver.rollback(injection, world.tools());
    await world.driver.arm?.(injection, world.tools()).catch(() => undefined);
    await expectNoEffect(world);
    await sweepAlone(world, Date.parse(injection.notAfter));
    expect(await world.rawFaults()).toEqual([]);
  });
});

test('an application remembers a rollback that came before the arming, until notAfter', async () => {
  const world = worldOf('sdk/error');
  const injection = await prepareLife(world);
  await world.driver.rollback(injection, world.tools());
  await expect(world.driver.arm?.(injection, world.tools())).rejects.toThrow(/cannot come back/);
  await expect(world.driver.inject(injection, world.tools())).rejects.toThrow(/cannot inject/);
  await expectNoEffect(world);
});

test('a late inject with its arming, whose injection is over, is gone within one sweep of a worker', async () => {
  const home = new NoopHome();
  await home.inject(anInjection());
  await home.sweepAsWorker(fakeOrchestrator(), 'home-of-tests');
  expect(home.files()).toEqual([]);
  home.remove();
});

test('an inject whose first attempt arrives after the rollback changes nothing', async () => {
  const world = aWorld({
    features: { hasFence: true, hasLease: false },
    fakes: (_calm, target) => ({
      injectFault: ({ injection }, attempt) => {
        void attempt
          .sleep(14_000)
          .then(() => target.inject(injection))
          .catch(() => undefined);
        return attempt.hang();
      },
    }),
  });
  await world.start();
  await world.temporal.runUntil(() => world.target.count('armed') > 0);
  await world.temporal.advance(1_000);
  world.abort();
  await world.result();
  await world.temporal.advance(60_000);
  expect(world.target.count('refused')).toBeGreaterThan(0);
  expect(world.target.count('injected')).toBe(0);
  expect(world.target.traces()).toEqual([]);
});
