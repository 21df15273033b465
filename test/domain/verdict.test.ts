import type { Evidence } from '../../src/domain/evidence';
import { decideVerdict, exitCodes, type VerdictWord } from '../../src/domain/verdict';
import { aBaselineObservation, aHold, anEvidence, anInjectionRecord, aRecovery } from '../fakes/evidence';
import { aBreach } from '../fakes/outcomes';
import { addBreach, causes, onHold, onInjection, onRecovery, summary, type Cause } from './verdict-causes';
import { anInjectStep, aPlan } from '../fakes/plan';

const pairs = causes.flatMap((first) =>
  causes
    .filter((second) => second.row > first.row)
    .filter((second) => first.restsOn === undefined || first.restsOn !== second.restsOn)
    .map((second): [string, string, Cause, Cause] => [first.name, second.name, first, second]),
);

/** Of nothing injected, a person comes before a tool and a tool before anything else, whichever row brought them. */
function wordOf(evidence: Evidence, first: Cause): VerdictWord {
  if (first.row !== 2) return first.word;
  if (evidence.stop) return 'aborted';
  return evidence.errors.length > 0 ? 'errored' : 'refused';
}

describe('the verdict', () => {
  it('is passed by row 7 when everything went well, with the numbers', () => {
    expect(decideVerdict(anEvidence())).toEqual({
      verdict: 'passed',
      rule: 7,
      reasons: [
        'every expectation held during 1 hold',
        'success-rate was 0.994 over hold-1, expected >= 0.9 x baseline (>= 0.8987)',
        'p95 was 221 over hold-1, expected <= 1.5 x baseline (<= 273)',
        '482 of 1204 (40.0 %) met the fault of payment-7f3a-1-1',
        'the system recovered in 13.3 s, at most 60 s were allowed',
        '1 rolled back and seen gone',
      ],
    });
  });

  it.each(causes.map((cause): [number, string, Cause] => [cause.row, cause.name, cause]))(
    'is decided by row %i for %s',
    (row, _name, cause) => {
      const verdict = decideVerdict(cause.change(anEvidence()));

      expect(verdict).toMatchObject({ verdict: cause.word, rule: row });
      expect(verdict.reasons.join('\n')).toMatch(cause.reason);
    },
  );

  it.each(pairs)('goes by the earlier row for %s and %s together', (_first, _second, first, second) => {
    for (const evidence of [second.change(first.change(anEvidence())), first.change(second.change(anEvidence()))]) {
      const verdict = decideVerdict(evidence);

      expect(verdict).toMatchObject({ verdict: wordOf(evidence, first), rule: first.row });
      expect(verdict.reasons.length).toBeGreaterThan(0);
    }
  });

  it('gives a reason in words whatever the row', () => {
    for (const cause of causes)
      for (const reason of decideVerdict(cause.change(anEvidence())).reasons) expect(reason).toMatch(/\w+ \w+/);
  });

  it('does not ask for readings of a signal of which nothing was expected during the fault', () => {
    const summaries = [summary('success-rate', 60), summary('p95', 60), summary('breaker', 0)];

    expect(decideVerdict(onHold({ summaries })(anEvidence())).verdict).toBe('passed');
  });

  it('accepts a target that no longer exists as rolled back', () => {
    expect(decideVerdict(onInjection({ end: 'gone' })(anEvidence())).verdict).toBe('passed');
  });

  it('does not ask for a rollback of what was never prepared', () => {
    const { preparedAt: _preparedAt, injectedAt: _injectedAt, end: _end, ...record } = anInjectionRecord();

    expect(decideVerdict(anEvidence({ injections: [record], refusals: ['the lock is held'] }))).toMatchObject({
      verdict: 'refused',
      rule: 2,
      reasons: ['the lock is held'],
    });
  });

  it('takes a hold of a parallel group as watching each of its members', () => {
    const steps = [anInjectStep({ id: '1.1' }), anInjectStep({ id: '1.2' })];
    const injections = ['1.1', '1.2'].map((stepId) => anInjectionRecord({ stepId, injectionId: `x-${stepId}` }));
    const plan = aPlan({ steps: [{ kind: 'parallel', id: '1', steps }] });

    expect(decideVerdict(anEvidence({ plan, injections })).verdict).toBe('passed');
  });

  it('fails for a breach in the first of two holds though the second went well', () => {
    const observations = [
      aBaselineObservation(),
      aHold({ end: 'breached', breaches: [aBreach] }),
      aHold({ id: 'hold-2' }),
      aRecovery(),
    ];

    expect(decideVerdict(anEvidence({ observations }))).toMatchObject({ verdict: 'failed', reasons: [aBreach.reason] });
  });

  it('names every reason of its row and none of another', () => {
    const evidence = onRecovery({ end: 'not-held', reasons: ['p95 stayed at 900'] })(addBreach('guard')(anEvidence()));

    expect(decideVerdict({ ...evidence, errors: ['a tool'] }).reasons).toEqual([
      'guard: p95 was 900',
      'p95 stayed at 900',
    ]);
  });

  it('exits with 0 for passed alone', () => {
    expect(exitCodes).toEqual({ passed: 0, failed: 1, errored: 2, refused: 3, aborted: 4, inconclusive: 5 });
  });
});
