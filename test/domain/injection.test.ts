import { withEffect } from '../../src/domain/evidence';
import { clocksOf, hardStopMarginMs } from '../../src/domain/injection';
import { injectionIdOf, taskQueue, workflowId } from '../../src/domain/workflow-id';
import { aHold, anInjectionRecord, at } from '../fakes/evidence';

describe('the clocks of an injection', () => {
  it('are counted from the lock: inject, hold and margin to the hard stop, then the rollback', () => {
    const clocks = clocksOf(Date.parse(at(0)), { injectWithinMs: 30_000, forMs: 60_000, rollbackWithinMs: 120_000 });

    expect(hardStopMarginMs).toBe(30_000);
    expect(clocks).toEqual({ lockedAt: at(0), hardStopAt: at(120), notAfter: at(240) });
  });

  it.each([0, 1, 28_800_000])('are in order for a hold of %i ms', (forMs) => {
    const { lockedAt, hardStopAt, notAfter } = clocksOf(1_000, { injectWithinMs: 0, forMs, rollbackWithinMs: 0 });

    expect(lockedAt < hardStopAt).toBe(true);
    expect(hardStopAt <= notAfter).toBe(true);
  });
});

describe('the id of an injection', () => {
  it.each([
    ['x', '1', 0, 'x-1-1'],
    ['x', '2.1', 2, 'x-2-1-3'],
  ])('of %s, step %s, place %i is %s', (experimentId, stepId, index, id) => {
    expect(injectionIdOf(experimentId, stepId, index)).toBe(id);
  });

  it('is a tag that every target takes: at most 40 of [a-z0-9-] for an experiment id of up to 27', () => {
    const id = injectionIdOf('e'.repeat(27), '99.99', 98);

    expect(id).toMatch(/^[a-z0-9-]{1,40}$/);
  });

  it('differs for every step and place of one experiment', () => {
    const ids = ['1', '2', '2.1', '2.2', '12'].flatMap((step) =>
      [0, 1, 2].map((index) => injectionIdOf('x', step, index)),
    );

    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('workflow ids and queues', () => {
  it('are readable and name what they hold', () => {
    expect(workflowId.injection('sdk:payment')).toBe('injection:sdk:payment');
    expect(workflowId.experiment('x')).toBe('experiment:x');
    expect(workflowId.environment('demo')).toBe('environment:demo');
    expect([taskQueue.control, taskQueue.inject('demo'), taskQueue.watch('demo')]).toEqual([
      'gameday-control',
      'gameday-inject:demo',
      'gameday-watch:demo',
    ]);
  });
});

describe('the effect of an injection', () => {
  const record = { ...anInjectionRecord({ isActiveAfterInject: true, isFoundActive: true }), effectSeen: false };
  const [fault] = aHold().faults;
  const idle = aHold({ faults: fault ? [{ ...fault, isActiveBeforeRollback: false, hits: 3 }] : [] });

  it.each([
    ['active after inject and at rollback', record, [], true],
    ['active after inject and at the last look', { ...record, isFoundActive: false }, [aHold()], true],
    ['never active after inject', { ...record, isActiveAfterInject: false }, [aHold()], false],
    ['gone before its rollback', { ...record, isFoundActive: false }, [idle], false],
    ['active but never met', { ...record, hits: 0 }, [], false],
    ['active where hits are not counted', { ...record, countsHits: false, hits: 0 }, [], true],
  ])('%s', (_name, injection, observations, expected) => {
    expect(withEffect(injection, observations).effectSeen).toBe(expected);
  });

  it('counts the highest number of hits that anybody saw', () => {
    expect(withEffect({ ...record, hits: 5 }, [aHold()])).toMatchObject({ hits: 482, seen: 1204 });
  });
});
