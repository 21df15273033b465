import { linesOf, thin, unknownSpans } from '../../src/report/plot/lines';
import { scaleOf, timeTicks } from '../../src/report/plot/scale';
import { clockText, durationText, instantText, preciseClockText } from '../../src/report/html/words';
import { anUnknownReading, aReading, at } from '../fakes/evidence';

const readingsAt = (seconds: number[]) => seconds.map((second) => aReading({ at: at(second), value: second }));

describe('an axis', () => {
  it.each([
    [
      [0.4, 1],
      [0.4, 0.6, 0.8, 1],
    ],
    [
      [171, 450],
      [100, 200, 300, 400, 500],
    ],
    [
      [0, 0],
      [0, 1],
    ],
    [[5], [5, 6]],
    [[0.5], [0.5, 0.52]],
    [
      [-3, 7],
      [-5, 0, 5, 10],
    ],
    [[], [0, 1]],
  ])('covers %j with round labels', (values, ticks) => {
    const scale = scaleOf(values);

    expect(scale.min).toBeLessThan(scale.max);
    for (const value of values) {
      expect(scale.min).toBeLessThanOrEqual(value);
      expect(scale.max).toBeGreaterThanOrEqual(value);
    }
    expect(scale.ticks).toEqual(ticks);
  });

  it('labels time at round distances from the start', () => {
    expect(timeTicks(4_000, 49_500)).toEqual([10_000, 20_000, 30_000, 40_000]);
  });
});

describe('a line', () => {
  it('ends where a reading has no value and begins anew after it', () => {
    const readings = [...readingsAt([1, 2]), anUnknownReading({ at: at(3) }), ...readingsAt([4])];

    expect(linesOf(readings, 1_000, Number).map((line) => line.map((point) => point.value))).toEqual([[1, 2], [4]]);
    expect(unknownSpans(readings, 1_000)).toEqual([{ fromMs: Date.parse(at(2)), toMs: Date.parse(at(3)) }]);
  });

  it('ends where readings are missing altogether', () => {
    expect(linesOf(readingsAt([1, 2, 9, 10]), 1_000, Number)).toHaveLength(2);
  });

  it('joins neighbouring unknown readings to one stretch', () => {
    const unknown = [1, 2, 3].map((second) => anUnknownReading({ at: at(second) }));

    expect(unknownSpans(unknown, 1_000)).toHaveLength(1);
  });

  it('keeps first, last, lowest and highest when it is thinned', () => {
    const line = Array.from({ length: 10_000 }, (_none, index) => ({
      atMs: index,
      value: index === 5_001 ? 99 : index === 7_777 ? -99 : 0,
    }));
    const thinned = thin(line, 100);

    expect(thinned.length).toBeLessThanOrEqual(400);
    expect(thinned).toEqual(expect.arrayContaining([line[0], line[5_001], line[7_777], line[9_999]]));
    expect(thinned.map((point) => point.atMs)).toEqual(thinned.map((point) => point.atMs).sort((a, b) => a - b));
  });
});

describe('words for time', () => {
  it.each([
    [0, '0 ms'],
    [850, '850 ms'],
    [3_440, '3.4 s'],
    [125_000, '2 min 5 s'],
    [120_000, '2 min'],
    [4_320_000, '1 h 12 min'],
  ])('say %d ms as %s', (ms, text) => expect(durationText(ms)).toBe(text));

  it('show a clock that begins with the experiment', () => {
    expect([7_000, 750_000, 3_750_000].map(clockText)).toEqual(['0:07', '12:30', '1:02:30']);
    expect([34_540, 59_960].map(preciseClockText)).toEqual(['0:34.5', '1:00.0']);
  });

  it('show an instant in UTC, and what is no instant as it is', () => {
    expect(instantText(at(26))).toBe('12 May 2026, 09:00:26 UTC');
    expect(instantText('soon')).toBe('soon');
  });
});
