import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyFaultDriver } from '../../src/domain/fault-driver';
import type { Injection } from '../../src/domain/injection';
import type { OpenInjection } from '../../src/domain/progress';
import { EnvironmentFolder } from '../../src/environments/environment-folder';
import { fakeFaultDriver } from '../fakes/fault-driver';

/** A folder of one environment on the fake system, served by these drivers. */
export function aFolder(directory: string, drivers: AnyFaultDriver[]): EnvironmentFolder {
  mkdirSync(directory, { recursive: true });
  const environment = { kind: 'environment', name: 'demo', connections: { fake: {} } };
  writeFileSync(join(directory, 'demo.yaml'), JSON.stringify(environment));
  return new EnvironmentFolder(directory, { faults: drivers, signals: [] }, {});
}

/** A driver whose faults lie in a list. */
export function aDriver(faults: Injection[], change: Partial<AnyFaultDriver> = {}): AnyFaultDriver {
  return fakeFaultDriver({ listFaults: async () => faults, ...change });
}

/** An injection that holds a lock. */
export const anOpenInjection: OpenInjection = {
  injectionId: 'one-1-1',
  experimentId: 'one',
  environment: 'demo',
  fault: 'fake/nothing',
  lockKey: 'fake:x',
  startedAt: '2026-01-01T00:00:00.000Z',
};
