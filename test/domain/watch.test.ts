import type { Reading } from '../../src/domain/signal';
import {
  describeBound,
  formatValue,
  seenBy,
  watch,
  type Breach,
  type WatchRule,
  type WatchState,
} from '../../src/domain/watch';
import { anUnknownReading, aReading, at } from '../fakes/evidence';

const rule: WatchRule = {
  id: 'during-0',
  kind: 'expectation',
  signal: 'p95',
  tolerance: { operator: '<=', value: 300, text: '<= 300ms' },
  count: 3,
  of: 5,
};

/** `o` is a reading outside, `i` one inside, `u` one without a value; answers at which of them breaches came. */
function breachesIn(course: string, over: Partial<WatchRule> = {}): number[] {
  let state: WatchState = {};
  return course.split('').flatMap((sign, index) => {
    const answer = watch(state, { ...rule, ...over }, readingOf(sign, index), {});
    state = JSON.parse(JSON.stringify(answer.state)) as WatchState;
    return answer.breach ? [index] : [];
  });
}

function readingOf(sign: string, index: number): Reading {
  if (sign === 'u') return anUnknownReading({ signal: 'p95', at: at(index) });
  return aReading({ signal: 'p95', at: at(index), value: sign === 'o' ? 900 : 200 });
}

describe('watching a rule', () => {
  it.each([
    ['three of the first three', 'ooo', [2]],
    ['three of five, not in a row', 'oioio', [4]],
    ['two of five', 'oiioi', []],
    ['three of six, never three of five', 'oiiiooii', []],
    ['outside again after five inside', 'ooiiiiioo', []],
    ['unknown readings, which are neither in nor out', 'ouuouuo', [6]],
    ['nothing known', 'uuuuuu', []],
    ['a breach and the readings that go on after it', 'oooo', [2, 3]],
    ['an inside reading after a breach, which is no new one', 'oooi', [2]],
  ])('sees %s (%s)', (_name, course, expected) => expect(breachesIn(course)).toEqual(expected));

  it.each([
    ['oo', 2, 3, [1]],
    ['oio', 2, 3, [2]],
    ['oiio', 2, 3, []],
    ['o', 1, 1, [0]],
  ])('counts %s by %i of %i', (course, count, of, expected) => {
    expect(breachesIn(course, { count, of })).toEqual(expected);
  });

  it('keeps rules apart that look at one signal', () => {
    const outside = readingOf('o', 0);
    const once = watch({}, { ...rule, id: 'a', count: 2 }, outside, {}).state;

    expect(watch(once, { ...rule, id: 'b', count: 2 }, readingOf('o', 1), {}).breach).toBeUndefined();
  });

  it('changes nothing it was given', () => {
    const state: WatchState = Object.freeze({});

    watch(state, rule, readingOf('o', 0), {});

    expect(state).toEqual({});
  });

  it('says what was found, what was expected and how often, with the readings that prove it', () => {
    let breach: Breach | undefined;
    let state: WatchState = {};
    for (const [index, sign] of 'iooo'.split('').entries())
      ({ state, breach } = { breach: undefined, ...watch(state, rule, readingOf(sign, index), {}) });

    expect(breach).toMatchObject({ kind: 'expectation', signal: 'p95', at: at(3) });
    expect(breach?.reason).toBe('expectation breached: p95 was 900, expected <= 300ms; 3 of 4 readings outside');
    expect(breach?.readings.map((seen) => seen.isOutside)).toEqual([false, true, true, true]);
  });

  it('says that a guard tripped', () => {
    const { breach } = watch({}, { ...rule, kind: 'guard', count: 1, of: 1 }, readingOf('o', 0), {});

    expect(breach?.reason).toMatch(/^guard tripped: p95 was 900/);
  });

  it('takes a reading that cannot be compared for one outside', () => {
    expect(seenBy(rule, aReading({ signal: 'p95', value: 'slow' }), {}).isOutside).toBe(true);
    const relative = { ...rule, tolerance: { ...rule.tolerance, relativeTo: 'baseline' as const } };
    expect(seenBy(relative, aReading({ signal: 'p95', value: 1 }), {}).isOutside).toBe(true);
  });

  it('says a relative bound with the number it stands for', () => {
    const tolerance = { operator: '<=', value: 1.5, relativeTo: 'baseline', text: '<= 1.5 x baseline' } as const;

    expect(describeBound({ signal: 'p95', tolerance }, { p95: { value: 182, n: 9 } })).toBe(
      'expected <= 1.5 x baseline (<= 273)',
    );
    expect(describeBound({ signal: 'p95', tolerance }, {})).toBe('expected <= 1.5 x baseline (<= unknown)');
  });

  it.each([
    [0.898650001, '0.8987'],
    [182.44444, '182.4'],
    [1234567, '1235000'],
    ['closed', 'closed'],
  ])('writes %j as %s', (value, text) => expect(formatValue(value)).toBe(text));
});
