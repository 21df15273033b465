import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nothing } from '../../activities/faults/noop/nothing';
import { exitCodes } from '../../src/domain/verdict';
import { sweep } from '../../src/sweep/sweep';
import { injectLife } from '../contract/life';
import { anInjection } from '../fakes/injection';
import { worldsOfThisFile } from '../workflows/worlds-of-this-file';
import { contractWorldsOfThisFile, kinds, sweepAlone } from './contract-worlds';
import { NoopHome } from './noop-home';

const worldOf = contractWorldsOfThisFile();
const aWorld = worldsOfThisFile();

describe.each(kinds)('%s', (kind) => {
  test('reports what somebody else changed and leaves it as it is', async () => {
    const world = worldOf(kind);
    const injection = await injectLife(world);
    await world.tamper(injection);
    const before = await world.snapshot();
    const result = await world.driver.rollback(injection, world.tools());
    expect(result).toMatchObject({ end: 'drifted', evidence: expect.stringMatching(/left/) });
    expect(await world.snapshot()).toBe(before);
    expect(await world.driver.status(injection, world.tools())).toMatchObject({ state: 'drifted' });
  });

  test('leaves the fault of another injection alone', async () => {
    const world = worldOf(kind);
    const other = await injectLife(world, { step: world.otherStep });
    const injection = await injectLife(world);
    await world.driver.rollback(injection, world.tools());
    expect(await world.rawFaults()).toEqual([{ injectionId: other.injectionId, isActive: true }]);
  });

  test('is not put over a fault that the target carries already', async () => {
    const world = worldOf(kind);
    await world.plant(world.step);
    const before = await world.snapshot();
    const survey = await world.driver.survey(world.step, world.tools());
    expect(survey.refusals.join()).toMatch(/already carries/);
    await expect(injectLife(world)).rejects.toThrow(/already carries/);
    expect(await world.snapshot()).toBe(before);
  });
});

test('a sweep leaves what is not ours and says so', async () => {
  const home = new NoopHome();
  writeFileSync(join(home.directory, 'theirs.json'), '{"theirs":true}');
  const tools = home.tools();
  const environment = { name: 'demo', connections: () => tools.connection, optedIn: () => tools.optedIn };
  await home.inject(anInjection());
  const report = await sweep({
    drivers: [nothing],
    environments: [environment],
    now: () => Date.now() + 3_600_000,
  });
  expect(report.removed).toHaveLength(1);
  expect(report.failed).toMatchObject([{ reason: expect.stringMatching(/theirs\.json .* was left/) }]);
  expect(home.files()).toEqual(['theirs.json']);
  home.remove();
});

test('a sweep keeps what has drifted and reports it', async () => {
  const world = worldOf('sdk/error');
  const injection = await injectLife(world);
  const { driver } = world;
  const drifted = { ...driver, listFaults: async () => [injection] };
  await world.tamper(injection);
  const before = await world.snapshot();
  const report = await sweepAlone({ ...world, driver: drifted }, Date.parse(injection.notAfter) + 1);
  expect(report).toMatchObject({ removed: [], kept: [{ state: 'drifted' }] });
  expect(await world.snapshot()).toBe(before);
});

test('a rollback that met a foreign change is told to people and is never green', async () => {
  const evidence = 'rule e1-1-1 is not as it was armed and was left';
  const drifted = { end: 'drifted', foundActive: false, evidence } as const;
  const world = aWorld({ fakes: () => ({ rollBackFault: async () => drifted }) });
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 1 });
  expect(verdict.reasons.join()).toContain(evidence);
  expect(exitCodes[verdict.verdict]).toBe(2);
});
