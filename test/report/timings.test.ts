import { timingsOf } from '../../src/report/timings';
import { aHold, anEvidence, anInjectionRecord, aRecovery, at } from '../fakes/evidence';
import { aBreach, aFailedEvidence } from '../fakes/outcomes';
import { anInjectStep, aPlan } from '../fakes/plan';

describe('the timings of an experiment', () => {
  it('count detection from harm to the first breach', () => {
    expect(timingsOf(aFailedEvidence()).detect).toEqual({ ms: 8_500, resolutionMs: 1_000 });
  });

  it('count rollback from the breach when there was one', () => {
    expect(timingsOf(aFailedEvidence()).rollback).toEqual({ ms: 200, resolutionMs: 1 });
  });

  it('count rollback from the planned end when the hold ran its course', () => {
    expect(timingsOf(anEvidence()).rollback.ms).toBe(200);
  });

  it('count rollback from the stop when a person stopped it', () => {
    const evidence = anEvidence({
      stop: { kind: 'abort', by: { name: 'omar', groups: [] }, reason: 'enough', at: at(40) },
      observations: [aHold({ end: 'stopped', endedAt: at(40.9) })],
      injections: [anInjectionRecord({ rolledBackAt: at(40.5) })],
    });

    expect(timingsOf(evidence).rollback.ms).toBe(500);
  });

  it('count the slowest of several rollbacks, also in a parallel group', () => {
    const steps = [anInjectStep({ id: '1.1' }), anInjectStep({ id: '1.2' })];
    const evidence = anEvidence({
      plan: aPlan({ steps: [{ kind: 'parallel', id: '1', steps }] }),
      injections: [
        anInjectionRecord({ stepId: '1.1', rolledBackAt: at(86.1) }),
        anInjectionRecord({ stepId: '1.2', rolledBackAt: at(87) }),
      ],
    });

    expect(timingsOf(evidence).rollback.ms).toBe(1_000);
  });

  it('count recovery from the last removal', () => {
    expect(timingsOf(anEvidence()).recovery).toEqual({ ms: 13_300, resolutionMs: 1_000 });
  });

  it('know no recovery that was not seen', () => {
    const { recoveredAt: _never, ...unseen } = aRecovery({ end: 'not-held' });

    expect(timingsOf(anEvidence({ observations: [aHold(), unseen] })).recovery.ms).toBeNull();
  });

  it('are told no finer than the slowest signal that was needed', () => {
    const plan = aPlan();
    const signals = plan.signals.map((one) => (one.name === 'breaker' ? { ...one, everyMs: 5_000 } : one));
    const evidence = anEvidence({ plan: { ...plan, signals }, observations: [aHold({ breaches: [aBreach] })] });

    expect(timingsOf(evidence).detect.resolutionMs).toBe(1_000);
    expect(timingsOf(evidence).recovery.resolutionMs).toBe(5_000);
  });
});
