import assert from 'node:assert/strict';
import type { ContractLine } from '../contract-line';
import { armLife, injectLife, prepareLife } from '../life';

/** The plain life of an injection, and the same call twice. */
export const repeatLines: ContractLine[] = [
  {
    line: 'effect seen',
    async check(world) {
      const injection = await armLife(world);
      assert.equal(await world.isInEffect(world.step), false, 'the effect is there although it is only armed');
      await world.driver.inject(injection, world.tools());
      assert.equal(await world.isInEffect(world.step), true, 'nobody feels the fault');
      const { state, hits } = await world.driver.status(injection, world.tools());
      assert.equal(state, 'active');
      if (world.driver.capabilities.countsHits) assert.ok((hits ?? 0) > 0, 'no hits were counted');
    },
  },
  {
    line: 'survey and prepare change nothing',
    async check(world) {
      const before = await world.snapshot();
      await prepareLife(world);
      assert.equal(await world.snapshot(), before);
    },
  },
  {
    line: 'inject twice equals once',
    async check(world) {
      const injection = await injectLife(world);
      const once = await world.rawFaults();
      await world.driver.inject(injection, world.tools());
      assert.deepEqual(await world.rawFaults(), once);
    },
  },
  {
    line: 'rollback twice equals once',
    async check(world) {
      const injection = await injectLife(world);
      assert.equal((await world.driver.rollback(injection, world.tools())).end, 'absent');
      assert.equal((await world.driver.rollback(injection, world.tools())).end, 'absent');
      assert.deepEqual(await world.rawFaults(), []);
    },
  },
  {
    line: 'rollback without inject',
    async check(world) {
      const prepared = await prepareLife(world);
      assert.equal((await world.driver.rollback(prepared, world.tools())).end, 'absent');
      const armed = await armLife(world);
      const { end, foundActive } = await world.driver.rollback(armed, world.tools());
      assert.deepEqual({ end, foundActive }, { end: 'absent', foundActive: false });
      assert.deepEqual(await world.rawFaults(), []);
    },
  },
  {
    line: 'no residue',
    async check(world) {
      const before = await world.snapshot();
      const injection = await injectLife(world);
      await world.driver.status(injection, world.tools());
      await world.driver.renew?.(injection, new Date(Date.now() + 10_000), world.tools());
      await world.driver.rollback(injection, world.tools());
      assert.equal(await world.snapshot(), before);
      assert.equal(await world.isInEffect(world.step), false, 'the effect outlived its rollback');
    },
  },
];
