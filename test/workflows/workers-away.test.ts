import { worldsOfThisFile } from './worlds-of-this-file';

const aWorld = worldsOfThisFile();

test('goes on when its worker is back within seconds', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(10_000);
  world.temporal.killWorkers(2_000);
  expect((await world.result()).verdict.verdict).toBe('passed');
  expect(world.target.count('injected')).toBe(1);
});

test('has lost sight when its worker stays away, and never injects again', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  await world.temporal.advance(10_000);
  world.temporal.killWorkers(40_000);
  const { verdict } = await world.result();
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 5 });
  expect(verdict.reasons.join()).toMatch(/lost sight for \d+ s/);
  expect(world.target.count('injected')).toBe(1);
  expect(world.target.count('expired')).toBe(1);
});
