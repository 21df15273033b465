import { join } from 'node:path';
import { nothing } from '../../activities/faults/noop/nothing';
import { error } from '../../activities/faults/sdk/error';
import { latency } from '../../activities/faults/sdk/latency';
import { malformed } from '../../activities/faults/sdk/malformed';
import { rateLimit } from '../../activities/faults/sdk/rate-limit';
import { faultDrivers } from '../../activities/faults';
import { contractTable } from './contract-table';
import { describeFaultDriver } from './fault-driver-contract';
import { openNoopWorld } from './noop-world';
import type { LineResult } from './run-line';
import { openSdkWorld } from './sdk-world';
import type { World } from './world';

const from = (file: string, exportName: string) => ({
  modulePath: join(__dirname, '../../activities/faults', file),
  exportName,
});

const worlds: [string, () => Promise<World>][] = [
  [nothing.kind, () => openNoopWorld(nothing, from('noop/nothing', 'nothing'))],
  [latency.kind, () => openSdkWorld(latency, from('sdk/latency', 'latency'))],
  [error.kind, () => openSdkWorld(error, from('sdk/error', 'error'))],
  [malformed.kind, () => openSdkWorld(malformed, from('sdk/malformed', 'malformed'))],
  [rateLimit.kind, () => openSdkWorld(rateLimit, from('sdk/rate-limit', 'rateLimit'))],
];
const results = new Map<string, LineResult[]>();

for (const [kind, open] of worlds) describeFaultDriver(kind, open, results);

it('covers every driver of this build', () => {
  expect(worlds.map(([kind]) => kind).sort()).toEqual(faultDrivers.map(({ kind }) => kind).sort());
});

afterAll(() => process.stdout.write(`\n${contractTable(results)}\n`));
