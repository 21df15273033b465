import { judgeAgain } from '../../src/judge/judge-again';
import type { Breach } from '../../src/domain/watch';
import { decideVerdict } from '../../src/domain/verdict';
import type { Evidence } from '../../src/domain/evidence';
import type { Observation } from '../../src/domain/observation';
import { aBaselineObservation, aHold, anEvidence, anUnknownReading, aRecovery, at } from '../fakes/evidence';
import { aBreach, aFailedEvidence, failing, harmed } from '../fakes/outcomes';
import { aSeries, type Course } from '../fakes/series';

/** Evidence whose observations know how many chunks their series has. */
function counted(evidence: Evidence, course: Course): Evidence {
  const chunks = aSeries(evidence, course);
  const observations = evidence.observations.map((one) => ({
    ...one,
    chunks: chunks.filter((chunk) => chunk.observation === one.id).length,
  }));
  return { ...evidence, observations };
}

function judged(evidence: Evidence, course: Course) {
  const complete = counted(evidence, course);
  return judgeAgain(complete, aSeries(complete, course));
}

/** Another value for one signal in one kind of observation, from a second of the experiment on. */
function otherwise(
  course: Course,
  purpose: Observation['purpose'],
  signal: string,
  fromSeconds: number,
  value: number | string,
): Course {
  return (planned, atMs, observation) => {
    const reading = course(planned, atMs, observation);
    const isMeant = observation.purpose === purpose && planned.name === signal && atMs >= Date.parse(at(fromSeconds));
    return isMeant && reading?.state === 'ok' ? { ...reading, value } : reading;
  };
}

describe('judging again', () => {
  it.each([
    ['passed', anEvidence(), harmed],
    ['failed', aFailedEvidence(), failing],
  ] as const)('comes to the same verdict and finds nothing wrong with evidence that %s', (word, evidence, course) => {
    const judgement = judged(evidence, course);

    expect(judgement).toMatchObject({ isSame: true, mismatches: [], gaps: [], decided: { verdict: word } });
  });

  it('says when the stored verdict does not follow from the evidence', () => {
    const evidence = aFailedEvidence();
    const claimed = decideVerdict(anEvidence());

    const judgement = judgeAgain(evidence, [], claimed);

    expect(judgement).toMatchObject({ isSame: false, stored: claimed, decided: { verdict: 'failed' } });
  });

  it('finds a breach that nobody recorded', () => {
    const { mismatches } = judged(anEvidence(), otherwise(harmed, 'hold', 'p95', 50, 900));

    expect(mismatches).toEqual([
      expect.stringMatching(/^hold-1: no breach was recorded, the series says expectation breached: p95 was 900/),
    ]);
  });

  it('finds a guard that should have tripped', () => {
    const { mismatches } = judged(anEvidence(), otherwise(harmed, 'hold', 'success-rate', 80, 0.3));

    expect(mismatches).toContainEqual(expect.stringContaining('guard tripped: success-rate was 0.3'));
  });

  it('finds a breach whose readings are not in the series', () => {
    const { mismatches } = judged(aFailedEvidence(), harmed);

    expect(mismatches).toEqual([expect.stringContaining('5 of its 5 readings are not in the series')]);
  });

  it('finds a breach whose readings break no rule', () => {
    const mild = { ...aBreach, readings: aBreach.readings.slice(0, 3) };
    const evidence = aFailedEvidence();
    const observations = evidence.observations.map((one) =>
      one.purpose === 'hold' ? { ...one, breaches: [mild] } : one,
    );

    const { mismatches } = judged({ ...evidence, observations }, failing);

    expect(mismatches).toEqual([expect.stringContaining('its readings do not break any rule of the plan')]);
  });

  it('does not ask of the system what it owed only while the fault was in effect', () => {
    const before: Course = (signal, atMs, observation) =>
      observation.purpose === 'hold' && atMs <= Date.parse(at(26))
        ? {
            signal: signal.name,
            at: new Date(atMs).toISOString(),
            windowMs: signal.windowMs,
            state: 'ok',
            value: 0,
            n: 1,
          }
        : harmed(signal, atMs, observation);

    expect(judged(anEvidence(), before).mismatches).toEqual([]);
  });

  it('accepts a breach of the whole hold, whose value is in no series, when it is outside', () => {
    const whole = (value: number): Breach => ({
      ...aBreach,
      kind: 'whole-hold',
      signal: 'p95',
      reason: `p95 was ${value}`,
      readings: [{ at: at(86), value, isOutside: true }],
    });
    const judgedWith = (breach: Breach) =>
      judged(anEvidence({ observations: [aBaselineObservation(), aHold({ breaches: [breach] })] }), harmed).mismatches;

    expect(judgedWith(whole(900))).toEqual([]);
    expect(judgedWith(whole(200))).toEqual([expect.stringContaining('do not break any rule')]);
  });

  it('asks windows that are still short of guards only', () => {
    const clipped =
      (signal: string, value: number): Course =>
      (planned, atMs, observation) => {
        const reading = harmed(planned, atMs, observation);
        const isShort = observation.purpose === 'hold' && planned.name === signal && atMs < Date.parse(at(31));
        return isShort && reading?.state === 'ok'
          ? { ...reading, value, windowMs: Math.max(1, Math.min(5_000, atMs - Date.parse(at(26)))) }
          : reading;
      };

    expect(judged(anEvidence(), clipped('p95', 900)).mismatches).toEqual([]);
    expect(judged(anEvidence(), clipped('success-rate', 0.1)).mismatches).toEqual([
      expect.stringContaining('guard tripped'),
    ]);
  });

  it('judges a hold that has no baseline of its own against the one before it', () => {
    const evidence = anEvidence({ observations: [aBaselineObservation(), aHold({ baseline: {} }), aRecovery()] });
    const known: Course = (signal, atMs, observation) =>
      harmed(signal, atMs, { ...observation, baseline: aBaselineObservation().baseline });

    expect(judged(evidence, known).mismatches).toEqual([]);
    expect(judged(evidence, otherwise(known, 'hold', 'p95', 50, 900)).mismatches).toHaveLength(1);
  });

  it('calls what a killed watcher may have seen a gap and no mismatch', () => {
    const evidence = aFailedEvidence();
    const observations = evidence.observations.map((one) =>
      one.purpose === 'hold' ? { ...one, gaps: [{ from: at(32), to: at(33), seconds: 1 }] } : one,
    );

    const { mismatches, gaps } = judged({ ...evidence, observations }, harmed);

    expect(mismatches).toEqual([]);
    expect(gaps).toEqual(['hold-1: nobody watched for 1 s', expect.stringContaining('cannot be told')]);
  });

  it('finds a recovery that the series does not show', () => {
    const { mismatches } = judged(anEvidence(), otherwise(harmed, 'recovery', 'breaker', 0, 'open'));

    expect(mismatches).toEqual([expect.stringContaining('0 of 3 consecutive rounds with every signal inside')]);
  });

  it('finds a recovery that was called too slow and was not', () => {
    const { recoveredAt: _never, ...slow } = aRecovery({ end: 'not-held', reasons: ['p95 was 900 ms'] });
    const evidence = anEvidence({ observations: [aBaselineObservation(), aHold(), slow] });

    expect(judged(evidence, harmed).mismatches).toEqual([
      expect.stringContaining('recovery is said to have been too slow'),
    ]);
  });

  it('finds a steady state that was none', () => {
    const { mismatches } = judged(anEvidence(), otherwise(harmed, 'baseline', 'success-rate', 0, 0.5));

    expect(mismatches).toEqual([expect.stringContaining('baseline-1: steady state is said to have held')]);
  });

  it('calls what a missing chunk hides a gap and no mismatch', () => {
    const evidence = counted(aFailedEvidence(), failing);
    const chunks = aSeries(evidence, failing).filter((chunk) => chunk.observation !== 'hold-1');

    const { mismatches, gaps, isSame } = judgeAgain(evidence, chunks);

    expect(mismatches).toEqual([]);
    expect(isSame).toBe(true);
    expect(gaps[0]).toBe('hold-1: 3 of 3 chunks of its series are missing');
    expect(gaps[1]).toContain('cannot be told from what is left');
  });

  it('takes unknown readings neither for inside nor for outside', () => {
    const blind: Course = (signal, atMs, observation) =>
      observation.purpose === 'hold' && atMs > Date.parse(at(60))
        ? anUnknownReading({ signal: signal.name, at: new Date(atMs).toISOString() })
        : harmed(signal, atMs, observation);

    expect(judged(anEvidence(), blind).mismatches).toEqual([]);
  });

  it('ignores the series of another experiment', () => {
    const evidence = counted(anEvidence(), harmed);
    const foreign = aSeries({ ...evidence, experimentId: 'another' }, otherwise(harmed, 'hold', 'p95', 50, 900));

    expect(judgeAgain(evidence, [...aSeries(evidence, harmed), ...foreign]).mismatches).toEqual([]);
  });
});
