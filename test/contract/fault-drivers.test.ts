import { faultDrivers } from '../../activities/faults';
import { contractTable } from './contract-table';
import { driverWorlds } from './driver-worlds';
import { describeFaultDriver } from './fault-driver-contract';
import type { LineResult } from './run-line';

const results = new Map<string, LineResult[]>();

for (const { kind, open, needsServers } of driverWorlds) if (!needsServers) describeFaultDriver(kind, open, results);

it('covers every driver of this build, here or on real servers', () => {
  expect(driverWorlds.map(({ kind }) => kind).sort()).toEqual(faultDrivers.map(({ kind }) => kind).sort());
});

afterAll(() => process.stdout.write(`\n${contractTable(results)}\n`));
