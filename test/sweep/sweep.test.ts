import { IncompleteList } from '../../activities/faults/incomplete-list';
import type { Owner } from '../../src/sweep/decide-removal';
import { sweep } from '../../src/sweep/sweep';
import type { SweepEnvironment } from '../../src/sweep/sweep-environment';
import { fakeFaultDriver } from '../fakes/fault-driver';
import { anInjection } from '../fakes/injection';

const demo: SweepEnvironment = { name: 'demo', connections: () => ({}), optedIn: () => [] };
const nowMs = Date.parse('2026-05-04T12:00:00.000Z');
const now = () => nowMs;
const over = { notAfter: new Date(nowMs).toISOString() };
const lasting = { notAfter: new Date(nowMs + 1).toISOString() };

function owning(owner: Owner) {
  return { homes: ['home-of-tests'], ownerOf: async () => owner };
}

describe('sweep', () => {
  it('removes a fault whose notAfter has passed, with no knowledge of workflows', async () => {
    const fault = anInjection(over);
    const drivers = [fakeFaultDriver({ listFaults: async () => [fault] })];
    const report = await sweep({ drivers, environments: [demo], now });
    expect(report).toMatchObject({ examined: 1, failed: [], kept: [] });
    expect(report.removed).toEqual([
      expect.objectContaining({ injectionId: fault.injectionId, end: 'absent', foundActive: true }),
    ]);
  });

  it('keeps a fault that still has time when nobody can be asked for its workflow', async () => {
    const drivers = [fakeFaultDriver({ listFaults: async () => [anInjection(lasting)] })];
    const report = await sweep({ drivers, environments: [demo], now });
    expect(report).toMatchObject({ examined: 1, removed: [], kept: [{ state: 'held' }] });
  });

  it.each([
    ['not-ours', 1, []],
    ['ours', 0, [{ state: 'held' }]],
    ['unknown', 0, [{ state: 'unknown' }]],
  ] as const)('with a workflow that answers %s, removes %i', async (owner, removed, kept) => {
    const drivers = [fakeFaultDriver({ listFaults: async () => [anInjection(lasting)] })];
    const report = await sweep({ drivers, environments: [demo], now, ...owning(owner) });
    expect(report.removed).toHaveLength(removed);
    expect(report.kept).toMatchObject(kept);
  });

  it('leaves a fault of another home alone, whatever its workflow would say', async () => {
    const fault = anInjection({ ...lasting, home: 'elsewhere' });
    const report = await sweep({
      drivers: [fakeFaultDriver({ listFaults: async () => [fault] })],
      environments: [demo],
      now,
      ...owning('not-ours'),
    });
    expect(report).toMatchObject({ removed: [], kept: [{ injectionId: fault.injectionId, state: 'held' }] });
  });

  it('takes a notAfter that cannot be read for one that has passed', async () => {
    const drivers = [fakeFaultDriver({ listFaults: async () => [anInjection({ notAfter: 'tomorrow, perhaps' })] })];
    expect((await sweep({ drivers, environments: [demo], now })).removed).toHaveLength(1);
  });

  it('goes on after a driver that throws, one that hangs and one whose rollback fails', async () => {
    const fault = anInjection(over);
    const drivers = [
      fakeFaultDriver({ kind: 'fake/throws', listFaults: () => Promise.reject(new Error('no answer')) }),
      fakeFaultDriver({ kind: 'fake/hangs', listFaults: () => new Promise(() => undefined) }),
      fakeFaultDriver({
        kind: 'fake/stuck',
        listFaults: async () => [fault],
        rollback: () => Promise.reject(new Error('stuck')),
      }),
      fakeFaultDriver({ kind: 'fake/works', listFaults: async () => [anInjection(over)] }),
    ];
    const report = await sweep({ drivers, environments: [demo], now, timeoutMs: 50 });
    expect(report.removed).toMatchObject([{ fault: 'fake/works' }]);
    expect(report.failed.map(({ fault, reason }) => [fault, reason]).sort()).toEqual([
      ['fake/hangs', 'not done within 50 ms'],
      ['fake/stuck', 'stuck'],
      ['fake/throws', 'no answer'],
    ]);
    expect(report.failed.find(({ fault: kind }) => kind === 'fake/stuck')?.injectionId).toBe(fault.injectionId);
  });

  it('keeps in the report what a driver did before its time was over', async () => {
    const slow = anInjection(over);
    const drivers = [
      fakeFaultDriver({
        listFaults: async () => [anInjection(over), slow],
        rollback: (fault) =>
          fault.injectionId === slow.injectionId
            ? new Promise(() => undefined)
            : Promise.resolve({ end: 'absent', foundActive: true, evidence: 'removed' }),
      }),
    ];
    const report = await sweep({ drivers, environments: [demo], now, timeoutMs: 50 });
    expect(report.removed).toHaveLength(1);
    expect(report.failed).toHaveLength(1);
  });

  it('removes what an incomplete list holds and reports what it lacks', async () => {
    const incomplete = new IncompleteList([anInjection(over)], ['payment did not answer']);
    const drivers = [fakeFaultDriver({ listFaults: () => Promise.reject(incomplete) })];
    const report = await sweep({ drivers, environments: [demo], now });
    expect(report.removed).toHaveLength(1);
    expect(report.failed).toMatchObject([{ reason: 'payment did not answer' }]);
  });

  it('reports a drifted fault as kept, because it is not ours to remove any more', async () => {
    const drivers = [
      fakeFaultDriver({
        listFaults: async () => [anInjection(over)],
        rollback: async () => ({ end: 'drifted', foundActive: false, evidence: 'somebody changed it' }),
      }),
    ];
    const report = await sweep({ drivers, environments: [demo], now });
    expect(report).toMatchObject({ removed: [], kept: [{ state: 'drifted', reason: 'drifted: somebody changed it' }] });
  });

  it('skips a system without connection and reports one whose connection cannot be read', async () => {
    const without = { ...demo, connections: () => undefined };
    const broken: SweepEnvironment = {
      ...demo,
      connections: () => {
        throw new Error('file payment.url cannot be read');
      },
    };
    const drivers = [fakeFaultDriver({ listFaults: async () => [anInjection(over)] })];
    expect(await sweep({ drivers, environments: [without], now })).toMatchObject({ examined: 0, failed: [] });
    const report = await sweep({ drivers, environments: [broken, demo], now });
    expect(report.failed).toMatchObject([{ reason: 'file payment.url cannot be read' }]);
    expect(report.removed).toHaveLength(1);
  });

  it('reports a fault whose workflow could not be asked because asking failed, and leaves it', async () => {
    const drivers = [fakeFaultDriver({ listFaults: async () => [anInjection(lasting)] })];
    const asking = { homes: ['home-of-tests'], ownerOf: () => Promise.reject(new Error('Temporal is away')) };
    const report = await sweep({ drivers, environments: [demo], now, ...asking });
    expect(report).toMatchObject({ removed: [], failed: [{ reason: 'Temporal is away' }] });
  });
});
