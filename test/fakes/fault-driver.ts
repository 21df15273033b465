import { z } from 'zod';
import type { AnyFaultDriver } from '../../src/domain/fault-driver';

/** A driver of a system `fake` on which nothing is ever found, unless a test says otherwise. */
export function fakeFaultDriver(change: Partial<AnyFaultDriver> = {}): AnyFaultDriver {
  const isDone = () => Promise.resolve();
  return {
    kind: 'fake/nothing',
    summary: 'Does nothing.',
    system: { name: 'fake', summary: 'No system.', connection: z.unknown(), optIn: z.json() },
    params: z.unknown(),
    selector: z.unknown(),
    capabilities: { expiry: 'lease', hasFence: true, isReversible: true, countsHits: false, scope: 'nothing' },
    survey: () => Promise.resolve({ targets: [], total: 0, percent: 0, trafficPercent: 0, refusals: [] }),
    prepare: (prepared) => Promise.resolve({ ...prepared, originals: {}, preparedAt: new Date().toISOString() }),
    inject: isDone,
    status: () => Promise.resolve({ state: 'absent', evidence: 'nothing there' }),
    rollback: () => Promise.resolve({ end: 'absent', foundActive: true, evidence: 'removed' }),
    listFaults: () => Promise.resolve([]),
    ...change,
  };
}
