import { decideVerdict } from '../../src/domain/verdict';
import { renderJson, type JsonReport } from '../../src/report/render-json';
import { summaryOf } from '../../src/report/summary';
import { anEvidence, anInjectionRecord, at } from '../fakes/evidence';
import { aFailedEvidence, failing } from '../fakes/outcomes';
import { aSeries } from '../fakes/series';

describe('the summary of an experiment', () => {
  it('holds what a pipeline wants to know', () => {
    const evidence = anEvidence();

    expect(summaryOf(evidence, decideVerdict(evidence), 'reports/payment-7f3a.html')).toEqual({
      experimentId: 'payment-7f3a',
      verdict: 'passed',
      exitCode: 0,
      reasons: expect.any(Array),
      scenario: 'checkout-survives-payment-errors',
      environment: 'demo',
      isRehearsal: false,
      planHash: evidence.planHash,
      startedBy: 'maria',
      startedAt: at(0),
      endedAt: at(103),
      phases: evidence.phases,
      injections: [
        {
          injectionId: 'payment-7f3a-1-1',
          fault: 'sdk/error',
          lockKey: 'sdk:payment',
          targets: ['sdk:payment/charge'],
          injectedAt: at(26),
          effectSeen: true,
          hits: 482,
          seen: 1204,
          rolledBackAt: at(86.2),
          end: 'absent',
        },
      ],
      timings: {
        detectMs: null,
        rollbackMs: 200,
        recoveryMs: 13_300,
        detectResolutionMs: 1_000,
        rollbackResolutionMs: 1,
        recoveryResolutionMs: 1_000,
      },
      report: 'reports/payment-7f3a.html',
    });
  });

  it('leaves out what did not happen instead of inventing it', () => {
    const { injectedAt: _injected, rolledBackAt: _rolledBack, hits: _hits, end: _end, ...rest } = anInjectionRecord();
    const evidence = anEvidence({ injections: [{ ...rest, refusal: 'the lock is held by another' }] });

    const [injection] = summaryOf(evidence, decideVerdict(evidence)).injections;

    expect(injection).not.toHaveProperty('injectedAt');
    expect(injection).not.toHaveProperty('hits');
    expect(injection).not.toHaveProperty('end');
    expect(injection?.refusal).toBe('the lock is held by another');
  });
});

describe('the machine form of a report', () => {
  it('holds the summary, the whole evidence and every reading in order of time', () => {
    const evidence = aFailedEvidence();
    const chunks = aSeries(evidence, failing);

    const report: JsonReport = JSON.parse(renderJson(evidence, decideVerdict(evidence), [...chunks].reverse()));

    expect(report).toMatchObject({ verdict: 'failed', rule: 3, evidence });
    expect(report.series.map((one) => one.signal)).toEqual(['success-rate', 'p95', 'breaker']);
    const instants = report.series[0]?.readings.map((reading) => reading.at) ?? [];
    expect(instants).toEqual([...instants].sort());
    const written = chunks.filter((chunk) => chunk.signal === 'success-rate').flatMap((chunk) => chunk.readings);
    expect(instants).toHaveLength(written.length);
  });

  it('keeps the raw observations with the signal that declared them', () => {
    const evidence = anEvidence();
    const [chunk] = aSeries(evidence);
    const chunks = chunk ? [{ ...chunk, samples: [{ id: 'order-1' }] }] : [];

    const report: JsonReport = JSON.parse(renderJson(evidence, decideVerdict(evidence), chunks));

    expect(report.series.map((one) => one.samples.length)).toEqual([1, 0, 0]);
  });
});
