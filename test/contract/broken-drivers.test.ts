import { join } from 'node:path';
import { contractLines } from './contract-lines';
import { openNoopWorld } from './noop-world';
import { runContract } from './run-line';
import { openSdkWorld } from './sdk-world';
import type { BrokenDriver } from './broken/broken-driver';
import { broken as alreadyTagged } from './broken/already-tagged';
import { broken as blastRadius } from './broken/blast-radius';
import { broken as effectSeen } from './broken/effect-seen';
import { broken as expiry } from './broken/expiry';
import { broken as foreignChange } from './broken/foreign-change';
import { broken as injectAfterNotAfter } from './broken/inject-after-not-after';
import { broken as injectTwice } from './broken/inject-twice';
import { broken as killed } from './broken/killed';
import { broken as lateInject } from './broken/late-inject';
import { broken as listFaults } from './broken/list-faults';
import { broken as optIn } from './broken/opt-in';
import { broken as renew } from './broken/renew';
import { broken as residue } from './broken/residue';
import { broken as rollbackTwice } from './broken/rollback-twice';
import { broken as rollbackWithoutInject } from './broken/rollback-without-inject';
import { broken as secrets } from './broken/secrets';
import { broken as sideBySide } from './broken/side-by-side';
import { broken as surveyAndPrepare } from './broken/survey-and-prepare';
import { broken as targetGone } from './broken/target-gone';
import { broken as targetUnreachable } from './broken/target-unreachable';

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
    const world = await open[system](driver, { modulePath: join(__dirname, 'broken', file), exportName: 'broken' });
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
