import assert from 'node:assert/strict';
import type { ContractLine } from '../contract-line';
import { armLife, injectLife } from '../life';
import type { World } from '../world';

async function rollBackFromList(world: World, injectionId: string): Promise<void> {
  const listed = await world.driver.listFaults(world.tools());
  const row = listed.find((fault) => fault.injectionId === injectionId);
  assert.ok(row, 'the fault is not listed');
  assert.equal(row.home, 'contract-home');
  assert.match(row.lockKey, /\S/);
  const { end } = await world.driver.rollback(JSON.parse(JSON.stringify(row)), world.tools());
  assert.equal(end, 'absent');
  assert.deepEqual(await world.rawFaults(), []);
}

/** What the target alone tells. */
export const listLines: ContractLine[] = [
  {
    line: 'listFaults complete enough to roll back from',
    async check(world) {
      await rollBackFromList(world, (await armLife(world)).injectionId);
      await rollBackFromList(world, (await injectLife(world)).injectionId);
      assert.equal(await world.isInEffect(world.step), false);
    },
  },
  {
    line: 'two experiments side by side',
    async check(world) {
      const one = await injectLife(world);
      const other = await injectLife(world, { step: world.otherStep });
      const ofOther = (await world.rawFaults()).filter(({ injectionId }) => injectionId === other.injectionId);
      await world.driver.rollback(one, world.tools());
      assert.deepEqual(await world.rawFaults(), ofOther, 'one rollback touched the other experiment');
      await world.driver.rollback(other, world.tools());
      assert.deepEqual(await world.rawFaults(), []);
    },
  },
];
