import assert from 'node:assert/strict';
import type { ContractLine } from '../contract-line';
import { eventually } from '../eventually';
import { armLife, injectLife } from '../life';
import type { World } from '../world';

async function assertNothingThere(world: World): Promise<void> {
  assert.deepEqual(await world.rawFaults(), []);
  assert.equal(await world.isInEffect(world.step), false, 'the fault is in effect');
}

/** Calls that arrive when it is too late. */
export const lateLines: ContractLine[] = [
  {
    line: 'late inject after rollback',
    async check(world) {
      const injected = await injectLife(world);
      await world.driver.rollback(injected, world.tools());
      await world.driver.inject(injected, world.tools()).catch(() => undefined);
      await assertNothingThere(world);
      const armed = await armLife(world);
      await world.driver.rollback(armed, world.tools());
      await world.driver.inject(armed, world.tools()).catch(() => undefined);
      await assertNothingThere(world);
    },
  },
  {
    line: 'inject after notAfter',
    async check(world) {
      const injection = await armLife(world);
      const late = world.tools({ now: () => Date.parse(injection.notAfter) + 1 });
      await assert.rejects(world.driver.inject(injection, late), 'a late inject was not refused');
      assert.equal(await world.isInEffect(world.step), false, 'a late inject took effect');
    },
  },
  {
    line: 'renew never re-creates',
    appliesTo: (driver) => driver.renew !== undefined,
    async check(world) {
      const renew = (injection: Parameters<NonNullable<World['driver']['renew']>>[0]) =>
        world.driver.renew?.(injection, new Date(Date.now() + 10_000), world.tools());
      const removed = await injectLife(world);
      await world.driver.rollback(removed, world.tools());
      await assert.rejects(async () => renew(removed), 'renewing a removed fault was not refused');
      await assertNothingThere(world);
      const ended = await injectLife(world, { leaseMs: 200 });
      await eventually('the end of the lease', 5_000, async () => (await world.rawFaults()).length === 0);
      await assert.rejects(async () => renew(ended), 'renewing a fault that had ended was not refused');
      await assertNothingThere(world);
    },
  },
];
