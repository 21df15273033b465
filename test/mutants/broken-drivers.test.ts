import { join } from 'node:path';
import { contractLines } from '../contract/contract-lines';
import { openNoopWorld } from '../contract/noop-world';
import { runContract } from '../contract/run-line';
import { openSdkWorld } from '../contract/sdk-world';
import type { BrokenDriver } from '../contract/broken/broken-driver';
import { broken as alreadyTagged } from '../contract/broken/already-tagged';
import { broken as blastRadius } from '../contract/broken/blast-radius';
import { broken as effectSeen } from '../contract/broken/effect-seen';
import { broken as expiry } from '../contract/broken/expiry';
import { broken as foreignChange } from '../contract/broken/foreign-change';
import { broken as injectAfterNotAfter } from '../contract/broken/inject-after-not-after';
import { broken as injectTwice } from '../contract/broken/inject-twice';
import { broken as killed } from '../contract/broken/killed';
import { broken as lateInject } from '../contract/broken/late-inject';
import { broken as listFaults } from '../contract/broken/list-faults';
import { broken as optIn } from '../contract/broken/opt-in';
import { broken as renew } from '../contract/broken/renew';
import { broken as residue } from '../contract/broken/residue';
import { broken as rollbackTwice } from '../contract/broken/rollback-twice';
import { broken as rollbackWithoutInject } from '../contract/broken/rollback-without-inject';
import { broken as secrets } from '../contract/broken/secrets';
import { broken as sideBySide } from '../contract/broken/side-by-side';
import { broken as surveyAndPrepare } from '../contract/broken/survey-and-prepare';
import { broken as targetGone } from '../contract/broken/target-gone';
import { broken as targetUnreachable } from '../contract/broken/target-unreachable';

/** By file name, because another process has to load the same driver. */
const brokenDrivers: [string, BrokenDriver][] = [
  ['effect-seen', effectSeen],
  ['survey-and-prepare', surveyAndPrepare],
  ['inject-twice', injectTwice],
  ['rollback-twice', rollbackTwice],
  ['rollback-without-inject', rollbackWithoutInject],
  ['residue', residue],
  ['late-inject', lateInject],
  ['inject-after-not-after', injectAfterNotAfter],
  ['renew', renew],
  ['killed', killed],
  ['expiry', expiry],
  ['foreign-change', foreignChange],
  ['target-gone', targetGone],
  ['target-unreachable', targetUnreachable],
  ['list-faults', listFaults],
  ['side-by-side', sideBySide],
  ['blast-radius', blastRadius],
  ['opt-in', optIn],
  ['already-tagged', alreadyTagged],
  ['secrets', secrets],
];

const open = { noop: openNoopWorld, sdk: openSdkWorld };

describe('the contract notices', () => {
  it.each(brokenDrivers)('%s, on exactly its line', async (file, { line, system, driver }) => {
    const world = await open[system](driver, {
      modulePath: join(__dirname, '..', 'contract', 'broken', file),
      exportName: 'broken',
    });
    try {
      const results = await runContract(world);
      expect(results.filter(({ outcome }) => outcome === 'broken').map((one) => one.line)).toEqual([line]);
    } finally {
      await world.close();
    }
  });

  it('has a broken driver for every line', () => {
    expect(brokenDrivers.map(([, { line }]) => line).sort()).toEqual(contractLines.map(({ line }) => line).sort());
  });
});
