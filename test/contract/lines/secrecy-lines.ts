import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { DriverTools } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import type { ContractLine } from '../contract-line';
import { captureOutput } from '../capture-output';
import { injectLife } from '../life';
import type { World } from '../world';

async function everythingSaid(world: World): Promise<string> {
  const { driver } = world;
  const injection = await injectLife(world);
  const said: unknown[] = [
    await driver.survey(world.step, world.tools()),
    injection,
    await driver.status(injection, world.tools()),
    await driver.listFaults(world.tools()),
    await world.rawFaults(),
    await world.snapshot(),
    await driver.rollback(injection, world.tools()),
  ];
  for (const tools of await world.temptations()) said.push(...(await saidUnder(tools, world, injection)));
  return inspect(said, { depth: null }) + world.output() + ((await world.history?.()) ?? '');
}

/** Results and errors of every call; which of the two does not matter here. */
function saidUnder(tools: DriverTools<unknown>, world: World, injection: Injection): Promise<unknown[]> {
  const { driver, step } = world;
  const calls = [
    driver.survey(step, tools),
    driver.prepare(injection, tools),
    driver.arm?.(injection, tools),
    driver.inject(injection, tools),
    driver.status(injection, tools),
    driver.renew?.(injection, new Date(Date.now() + 1_000), tools),
    driver.rollback(injection, tools),
    driver.listFaults(tools),
  ];
  const heard = (error: unknown): unknown => [String(error), inspect(error)];
  return Promise.all(calls.map((call) => Promise.resolve<unknown>(call).catch(heard)));
}

/** What must not get out. */
export const secrecyLines: ContractLine[] = [
  {
    line: 'planted secrets appear in no injection, error, log or history',
    async check(world) {
      const { result, output } = await captureOutput(() => everythingSaid(world));
      const leaked = world.secrets.filter((secret) => (result + output).includes(secret));
      assert.equal(leaked.length, 0, 'a planted secret got out');
    },
  },
];
