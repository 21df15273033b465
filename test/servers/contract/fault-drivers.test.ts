import { contractTable } from '../../contract/contract-table';
import { driverWorlds } from '../../contract/driver-worlds';
import { describeFaultDriver } from '../../contract/fault-driver-contract';
import type { LineResult } from '../../contract/run-line';

const results = new Map<string, LineResult[]>();

// All of them, so that one table shows every driver beside every other.
for (const { kind, open } of driverWorlds) describeFaultDriver(kind, open, results);

afterAll(() => process.stdout.write(`\n${contractTable(results)}\n`));
