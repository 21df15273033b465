import assert from 'node:assert/strict';
import { sweep } from '../../../src/sweep/sweep';
import type { ContractLine } from '../contract-line';
import { eventually } from '../eventually';
import { injectLife, prepareLife } from '../life';
import type { World } from '../world';

const writesMax = 20;

async function endAfterKill(world: World, number: number): Promise<'killed' | 'finished'> {
  const injection = await prepareLife(world);
  if ((await world.liveUntilWrite(injection, number)) === 'finished') return 'finished';
  const { end } = await world.driver.rollback(injection, world.tools());
  assert.equal(end, 'absent', `killed before write ${number}`);
  assert.deepEqual(await world.rawFaults(), [], `killed before write ${number}`);
  assert.equal(await world.isInEffect(world.step), false, `killed before write ${number}, the effect remained`);
  return 'killed';
}

/** We are gone. */
export const crashLines: ContractLine[] = [
  {
    line: 'killed between any two writes',
    async check(world) {
      for (let number = 2; number <= writesMax; number += 1)
        if ((await endAfterKill(world, number)) === 'finished') return assert.ok(number > 2, 'it was never killed');
      assert.fail(`a life still had writes left after ${writesMax}`);
    },
  },
  {
    line: 'expiry without us',
    async check(world) {
      const { expiry } = world.driver.capabilities;
      const injection = await injectLife(world, { leaseMs: 1_000 });
      if (expiry === 'none') await sweepAfter(world, Date.parse(injection.notAfter));
      const isOver = async () => !(await world.isInEffect(world.step));
      await eventually('the end of the effect', 3_000, isOver);
    },
  },
];

async function sweepAfter(world: World, notAfterMs: number): Promise<void> {
  const { connection, optedIn } = world.tools();
  const environment = { name: 'contract', connections: () => connection, optedIn: () => optedIn };
  await sweep({ drivers: [world.driver], environments: [environment], now: () => notAfterMs + 1 });
}
