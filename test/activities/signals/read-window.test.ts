import { readWindow } from '../../../activities/signals/http/read-window';
import type { Outcome } from '../../../activities/signals/http/sample';
import { Samples } from '../../../activities/signals/http/samples';

const startedAtMs = Date.parse('2026-01-01T00:00:00.000Z');
const ask = (measure: string, windowMs = 5000) => ({ signal: 'checkout', measure, windowMs });
const at = (ms: number) => new Date(startedAtMs + ms);

function samplesOf(rows: [ms: number, latencyMs: number, outcome: Outcome][]): Samples {
  const samples = new Samples();
  rows.forEach(([ms, latencyMs, outcome]) => samples.add({ completedAtMs: startedAtMs + ms, latencyMs, outcome }));
  return samples;
}

function read(samples: Samples, measure: string, ms: number, windowMs?: number) {
  return readWindow(samples, startedAtMs, ask(measure, windowMs), at(ms));
}

const mixed = samplesOf([
  [1000, 10, 'ok'],
  [2000, 20, 'ok'],
  [3000, 30, 'status-5xx'],
  [4000, 2000, 'timeout'],
  [5000, 1, 'refused'],
  [6000, 40, 'ok'],
  [6000, 50, 'status-4xx'],
  [6000, 5, 'reset'],
  [6000, 2000, 'overflow'],
  [6000, 60, 'ok'],
]);

describe('a reading of the synthetic client', () => {
  it.each([
    ['success-ratio', 0.4],
    ['error-ratio', 0.6],
    ['p50', 30],
    ['p95', 2000],
    ['p99', 2000],
    ['timeouts', 1],
    ['refused', 1],
    ['resets', 1],
    ['status-5xx', 1],
    ['status-4xx', 1],
    ['overflow', 1],
    ['rate', 1],
  ])('computes %s over everything that ended in the window', (measure, value) => {
    expect(read(mixed, measure, 10_000, 10_000)).toEqual({
      signal: 'checkout',
      at: '2026-01-01T00:00:10.000Z',
      windowMs: 10_000,
      state: 'ok',
      value,
      n: 10,
    });
  });

  it('leaves out what ended exactly at its beginning and takes in what ended exactly at its end', () => {
    expect(read(mixed, 'success-ratio', 6000, 5000)).toMatchObject({ n: 9 });
    expect(read(mixed, 'success-ratio', 5999, 5000)).toMatchObject({ n: 5 });
  });

  it('does not change once its window has passed', () => {
    const samples = samplesOf([[1000, 10, 'ok']]);
    const before = read(samples, 'p95', 2000);
    samples.add({ completedAtMs: startedAtMs + 2500, latencyMs: 900, outcome: 'ok' });
    expect(read(samples, 'p95', 2000)).toEqual(before);
  });

  it.each(['success-ratio', 'error-ratio', 'p95', 'timeouts', 'rate'])(
    'is no data for %s when nothing ended',
    (measure) => {
      expect(read(mixed, measure, 20_000)).toMatchObject({
        state: 'no-data',
        reason: expect.stringMatching(/^no request ended/),
      });
    },
  );

  it('counts a rate from the start of the probe when the window began before it', () => {
    expect(read(mixed, 'rate', 2000, 5000)).toMatchObject({ value: 1, n: 2 });
  });

  it('covers eight hours, percentiles of what is long past within 2 %', () => {
    const samples = new Samples();
    const hours = 8 * 3600;
    for (let second = 1; second <= hours; second += 1) {
      for (let n = 0; n < 10; n += 1) {
        const outcome = n === 9 ? 'status-5xx' : 'ok';
        samples.add({ completedAtMs: startedAtMs + second * 1000, latencyMs: n === 9 ? 1000 : 100, outcome });
      }
    }
    const whole = (measure: string) => read(samples, measure, hours * 1000, hours * 1000);
    const ratio = whole('success-ratio');
    expect(ratio).toMatchObject({ state: 'ok', value: expect.closeTo(0.9, 10) });
    expect(ratio.state === 'ok' && ratio.n).toBeGreaterThan(hours * 10 - 200);
    for (const [measure, exact] of [
      ['p50', 100],
      ['p99', 1000],
    ] as const) {
      const reading = whole(measure);
      const value = reading.state === 'ok' ? Number(reading.value) : Number.NaN;
      expect(value).toBeGreaterThanOrEqual(exact);
      expect(value).toBeLessThanOrEqual(exact * 1.02);
    }
  });

  it('hands out each raw request once, with its id where there is one', () => {
    const samples = samplesOf([[1000, 10, 'ok']]);
    samples.add({ completedAtMs: startedAtMs + 1500, latencyMs: 7, outcome: 'timeout', id: 'a' });
    expect(samples.drain()).toEqual([
      [startedAtMs + 1000, 10, 'ok'],
      [startedAtMs + 1500, 7, 'timeout', 'a'],
    ]);
    expect(samples.drain()).toEqual([]);
  });

  it('says how many raw requests are gone when nobody took them in time', () => {
    const samples = new Samples();
    for (let n = 0; n < 130_000; n += 1) samples.add({ completedAtMs: startedAtMs + n, latencyMs: 1, outcome: 'ok' });
    const [lost, ...raw] = samples.drain();
    expect(lost).toEqual({ lost: 130_000 - raw.length });
    expect(raw.length).toBeLessThanOrEqual(120_000);
  });

  it('keeps its order when the clock is set back', () => {
    const samples = samplesOf([
      [5000, 10, 'ok'],
      [1000, 20, 'ok'],
    ]);
    expect(read(samples, 'p99', 5000, 1000)).toMatchObject({ n: 2, value: 20 });
  });
});
