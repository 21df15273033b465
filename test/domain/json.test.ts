import { canonicalJson } from '../../src/domain/json';
import { phases } from '../../src/domain/phase';
import { anEvidence, anUnknownReading, aReading, anInjectionRecord } from '../fakes/evidence';
import { aFailedEvidence } from '../fakes/outcomes';
import { aPlan, aSurvey } from '../fakes/plan';
import { aChunk } from '../fakes/series';

describe('canonical JSON', () => {
  it.each<[unknown, string]>([
    [{ b: 1, a: { d: [3, { z: 1, y: 2 }], c: null } }, '{"a":{"c":null,"d":[3,{"y":2,"z":1}]},"b":1}'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [[undefined, 1], '[null,1]'],
    ['ü"\n', '"ü\\"\\n"'],
    [-0, '0'],
    [1e21, '1e+21'],
    [{}, '{}'],
    [[], '[]'],
    [null, 'null'],
    [{ 10: 'a', 9: 'b', B: 1, a: 2 }, '{"10":"a","9":"b","B":1,"a":2}'],
  ])('of %j is %s', (value, text) => expect(canonicalJson(value)).toBe(text));

  it('is the same whatever order the keys came in', () => {
    const plan = aPlan();
    const turned: unknown = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(plan).reverse())));

    expect(canonicalJson(turned)).toBe(canonicalJson(plan));
  });

  it('keeps the order of lists, which has a meaning', () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });

  it('differs when anything in a plan differs', () => {
    const plan = aPlan();

    expect(canonicalJson({ ...plan, rollbackWithinMs: plan.rollbackWithinMs + 1 })).not.toBe(canonicalJson(plan));
  });

  it('is JSON that means the same', () => {
    expect(JSON.parse(canonicalJson(aPlan()))).toEqual(aPlan());
  });
});

describe('what goes through a history', () => {
  it.each<[string, unknown]>([
    ['a plan', aPlan()],
    ['a survey', aSurvey()],
    ['an injection', anInjectionRecord()],
    ['a reading', aReading()],
    ['a reading without a value', anUnknownReading()],
    ['a chunk', aChunk()],
    ['evidence', anEvidence()],
    ['evidence of a failure', aFailedEvidence()],
  ])('comes out the same: %s', (_name, value) => {
    expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
  });
});

describe('the phases', () => {
  it('end with the verdict, and nothing is harmed before the baseline', () => {
    expect(phases.at(-1)).toBe('verdict');
    expect(phases.indexOf('baseline')).toBeLessThan(phases.indexOf('steps'));
    expect(phases.indexOf('steps')).toBeLessThan(phases.indexOf('rollback'));
    expect(phases.indexOf('rollback')).toBeLessThan(phases.indexOf('recovery'));
  });
});
