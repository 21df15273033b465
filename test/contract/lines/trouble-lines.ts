import assert from 'node:assert/strict';
import type { ContractLine } from '../contract-line';
import { injectLife } from '../life';

/** The target is not as we left it. */
export const troubleLines: ContractLine[] = [
  {
    line: 'foreign change before rollback is reported and left',
    async check(world) {
      const injection = await injectLife(world);
      await world.tamper(injection);
      const changed = await world.snapshot();
      assert.equal((await world.driver.rollback(injection, world.tools())).end, 'drifted');
      assert.equal(await world.snapshot(), changed, 'the foreign value was not left alone');
    },
  },
  {
    line: 'target gone',
    async check(world) {
      const injection = await injectLife(world);
      await world.removeTarget();
      const longAfter = world.tools({ now: () => Date.parse(injection.notAfter) + 10 * injection.leaseMs });
      const { end } = await world.driver.rollback(injection, longAfter);
      assert.ok(end === 'gone' || end === 'absent', `rolled back as ${end}`);
    },
  },
  {
    line: 'target unreachable during rollback and back',
    async check(world) {
      const injection = await injectLife(world);
      await world.cut();
      await assert.rejects(
        world.driver.rollback(injection, world.tools()),
        'a rollback that reached nothing was believed',
      );
      await world.reconnect();
      const { end } = await world.driver.rollback(injection, world.tools());
      assert.equal(end, 'absent');
      assert.deepEqual(await world.rawFaults(), []);
    },
  },
];
