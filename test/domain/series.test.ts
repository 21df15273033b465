import { baselineFor } from '../../src/domain/baseline-for';
import { liesWhollyAfter, seriesOf } from '../../src/domain/series';
import { aBaseline, aBaselineObservation, aHold, aReading, at } from '../fakes/evidence';
import { aChunk } from '../fakes/series';

describe('a series', () => {
  it('is in order of time and has each instant once, whatever order its chunks came in', () => {
    const chunks = [
      aChunk({ number: 2, readings: [aReading({ at: at(3) }), aReading({ at: at(4) })] }),
      aChunk({ number: 1, readings: [aReading({ at: at(1) }), aReading({ at: at(3) })] }),
      aChunk({ signal: 'p95', readings: [aReading({ signal: 'p95', at: at(2) })] }),
    ];

    expect(seriesOf(chunks, 'success-rate').map((reading) => reading.at)).toEqual([at(1), at(3), at(4)]);
  });

  it('is of one observation where that is asked', () => {
    const chunks = [aChunk({ observation: 'baseline-1' }), aChunk({ readings: [] })];

    expect(seriesOf(chunks, 'success-rate', 'hold-1')).toEqual([]);
    expect(seriesOf(chunks, 'success-rate')).toHaveLength(1);
  });

  it.each([
    [34, false],
    [35, true],
    [36, true],
  ])('lies wholly after 0:30 with a window of 5 s at 0:%i: %s', (seconds, expected) => {
    expect(liesWhollyAfter(aReading({ at: at(seconds), windowMs: 5_000 }), at(30))).toBe(expected);
  });
});

describe('the baseline of an observation', () => {
  const first = aBaselineObservation();
  const hold = aHold({ baseline: {} });

  it('is the first of the experiment where it has none of its own', () => {
    const later = aBaselineObservation({ id: 'baseline-2', baseline: { p95: { value: 999, n: 1 } } });

    expect(baselineFor({ observations: [first, later, hold] }, hold)).toEqual(aBaseline);
  });

  it('is its own where it has one, and nothing where nobody took any', () => {
    const own = { p95: { value: 1, n: 1 } };

    expect(baselineFor({ observations: [first] }, aHold({ baseline: own }))).toEqual(own);
    expect(baselineFor({ observations: [hold] }, hold)).toEqual({});
  });
});
