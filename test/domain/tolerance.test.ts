import { boundOf, isWithin, type Operator, type Tolerance } from '../../src/domain/tolerance';

const than = (operator: Operator, value: number | string, relativeTo?: 'baseline'): Tolerance => ({
  ...{ operator, value, text: `${operator} ${value}` },
  ...(relativeTo ? { relativeTo } : {}),
});

describe('a tolerance', () => {
  it.each<[Operator, number | string, number | string, boolean | undefined]>([
    ['>=', 0.99, 0.99, true],
    ['>=', 0.99, 0.9899, false],
    ['>', 0.99, 0.99, false],
    ['>', 0.99, 0.991, true],
    ['<=', 450, 450, true],
    ['<=', 450, 450.1, false],
    ['<', 450, 450, false],
    ['<', 450, 449, true],
    ['==', 'closed', 'closed', true],
    ['==', 'closed', 'open', false],
    ['==', 0, 0, true],
    ['==', 0, '0', false],
    ['!=', 'open', 'closed', true],
    ['!=', 'open', 'open', false],
    ['>=', 1, 'open', undefined],
    ['<', 'closed', 1, undefined],
  ])('%s %j of %j is %j', (operator, bound, value, expected) => {
    expect(isWithin(than(operator, bound), value)).toBe(expected);
  });

  it('that is relative is a multiple of the baseline', () => {
    const tolerance = than('<=', 1.5, 'baseline');

    expect(boundOf(tolerance, 200)).toBe(300);
    expect(isWithin(tolerance, 300, 200)).toBe(true);
    expect(isWithin(tolerance, 301, 200)).toBe(false);
  });

  it.each([undefined, 'closed'])('that is relative says nothing against a baseline of %j', (baseline) => {
    expect(boundOf(than('<=', 1.5, 'baseline'), baseline)).toBeUndefined();
    expect(isWithin(than('<=', 1.5, 'baseline'), 1, baseline)).toBeUndefined();
  });

  it('never holds for a value that is no number at all', () => {
    expect(isWithin(than('>=', 0), NaN)).toBe(false);
    expect(isWithin(than('<=', 0), NaN)).toBe(false);
  });
});
