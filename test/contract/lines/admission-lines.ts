import assert from 'node:assert/strict';
import type { ContractLine } from '../contract-line';
import { prepareLife } from '../life';
import type { WideStep, World } from '../world';

async function assertRefused(world: World, { step, targetsMax, trafficPercentMax }: WideStep): Promise<void> {
  const { targets, trafficPercent, refusals } = await world.driver.survey(step, world.tools());
  const isTooWide = targets.length > targetsMax || trafficPercent > trafficPercentMax;
  assert.ok(isTooWide || refusals.length > 0, `not refused: ${JSON.stringify(step)} within ${trafficPercentMax} %`);
}

/** What must not even begin. */
export const admissionLines: ContractLine[] = [
  {
    line: 'blast radius refused',
    async check(world) {
      const surveyed = await world.driver.survey(world.step, world.tools());
      assert.deepEqual(surveyed.refusals, [], 'a harmless step is refused');
      const { targets } = await prepareLife(world);
      const known = surveyed.targets.map(({ identity }) => identity);
      assert.ok(
        targets.every(({ identity }) => known.includes(identity)),
        'prepare added a target',
      );
      for (const wide of world.wideSteps) await assertRefused(world, wide);
    },
  },
  {
    line: 'target not opted in refused',
    async check(world) {
      const { refusals } = await world.driver.survey(world.foreignStep, world.tools());
      assert.notDeepEqual(refusals, []);
    },
  },
  {
    line: 'target already tagged refused',
    async check(world) {
      await world.plant(world.step);
      const { refusals } = await world.driver.survey(world.step, world.tools());
      assert.notDeepEqual(refusals, []);
      await assert.rejects(prepareLife(world), 'prepare did not look again');
    },
  },
];
