import { createColors } from 'picocolors';
import { EventsReader } from '../../src/cli/events-reader';
import { liveLines } from '../../src/cli/live/live-lines';
import { sparkline } from '../../src/cli/live/sparkline';
import { Story } from '../../src/cli/live/story';
import { WatchedSignals } from '../../src/cli/live/watched-signals';
import { createOutput } from '../../src/cli/output';
import { table } from '../../src/cli/text/table';
import type { Stop } from '../../src/domain/evidence';
import type { Observation } from '../../src/domain/observation';
import type { Progress } from '../../src/domain/progress';
import type { Reading } from '../../src/domain/signal';
import { anEvidence, aChunk, at } from '../api/make';

const progress: Progress = {
  phase: 'baseline',
  details: 'watching for 20 s',
  evidence: anEvidence({
    refusals: [],
    phases: [
      { phase: 'preflight', startedAt: at, endedAt: at },
      { phase: 'baseline', startedAt: at },
    ],
  }),
};

describe('a sparkline', () => {
  test('spans from the least to the greatest, newest last, with a dot for what is not known', () => {
    expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8], 8)).toBe('▁▂▃▄▅▆▇█');
    expect(sparkline([1, undefined, 3], 10)).toBe('▁·█');
    expect(sparkline([9, 9, 1, 2], 2)).toBe('▁█');
    expect(sparkline([5, 5], 5)).toBe('▄▄');
    expect(sparkline([], 5)).toBe('');
  });
});

describe('the live lines', () => {
  const signals = new WatchedSignals();
  const state = {
    progress,
    troubles: new Map<string, string>(),
    nowMs: Date.parse(at) + 12_000,
    paint: createColors(false),
  };

  beforeAll(() => signals.take(aChunk()));

  test('show the phases, what is being done, a sparkline per signal and what does not answer', () => {
    const troubles = new Map([['store', 'database is gone']]);
    const lines = liveLines({ ...state, troubles, signals: signals.latest(60), columns: 120 });

    expect(lines[0]).toMatch(/^. preflight › approval › silence › baseline 12s › steps/);
    expect(lines[1]).toBe('  watching for 20 s');
    expect(lines[2]).toBe('  p95 ▄ 120');
    expect(lines[3]).toBe('  store does not answer: database is gone');
  });

  test('fit into a narrow terminal', () => {
    const long = { ...progress, details: 'x'.repeat(200) };
    const lines = liveLines({ ...state, progress: long, signals: signals.latest(60), columns: 40 });

    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  });

  test('are none before anything is known', () => {
    expect(liveLines({ ...state, progress: undefined, signals: [], columns: 80 })).toEqual([]);
  });
});

describe('watched signals', () => {
  test('take a chunk that comes twice once, and put a late one in its place', () => {
    const signals = new WatchedSignals();
    const reading = (second: number): Reading => ({
      ...{ signal: 'p95', windowMs: 5000, state: 'ok' as const, n: 1 },
      at: `2026-01-01T00:00:0${second}.000Z`,
      value: second,
    });
    const chunk = (seconds: number[]) => aChunk({ readings: seconds.map(reading) });
    for (const seconds of [
      [3, 4],
      [1, 2],
      [3, 4],
    ])
      signals.take(chunk(seconds));

    expect(signals.latest(3)[0]?.readings.map((one) => ('value' in one ? one.value : ''))).toEqual([2, 3, 4]);
  });
});

describe('the story', () => {
  test('tells each thing once, in order of time', () => {
    const story = new Story();

    expect(story.next(progress)).toEqual(['00:00:00  preflight', '00:00:00  baseline']);
    expect(story.next(progress)).toEqual([]);
    const stop: Stop = { kind: 'abort', by: { name: 'ada', groups: [] }, reason: 'enough', at };
    expect(story.next({ ...progress, evidence: { ...progress.evidence, stop } })).toEqual([
      '00:00:00    abort by ada: enough',
    ]);
  });

  test('tells every trouble that the evidence records, once', () => {
    const later = '2026-01-01T00:00:09.000Z';
    const gap = { from: at, to: later, seconds: 9 };
    const hold: Observation = {
      ...{ id: 'hold-1', purpose: 'hold', startedAt: at, endedAt: later, end: 'stopped', reasons: ['it was stopped'] },
      ...{ summaries: [], baseline: {}, breaches: [], gaps: [gap], temporalAway: [gap], faults: [], chunks: 0 },
      rollbacks: [{ injectionId: 'i-1', at: later, error: 'no route' }],
    };
    const evidence = anEvidence({
      observations: [hold],
      refusals: ['it was stopped', 'no place'],
      errors: ['no tool'],
    });
    const story = new Story();
    const told = story.next({ ...progress, evidence }).map((line) => line.slice(10).trim());

    expect(told).toEqual([
      'preflight',
      'refused: no place',
      'could not be done: no tool',
      'hold-1: no sight for 9 s',
      'hold-1: Temporal did not answer for 9 s; the watching went on',
      'hold-1: its rollback of i-1 did not succeed: no route',
      'hold-1 stopped: it was stopped',
    ]);
    expect(story.next({ ...progress, evidence })).toEqual([]);
  });
});

describe('the output', () => {
  const stream = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, isTTY, columns: 80, write: (text: string) => void written.push(text) };
  };

  test('has no colour and no live lines in a pipe, and no colour with NO_COLOR', () => {
    const pipe = createOutput(stream(false), stream(false), { mayColor: true });
    const plain = createOutput(stream(true), stream(true), { mayColor: false });
    const colored = createOutput(stream(true), stream(true), { mayColor: true });

    expect(pipe.live).toBeUndefined();
    expect(pipe.paint.red('x')).toBe('x');
    expect(plain.paint.red('x')).toBe('x');
    expect(colored.paint.red('x')).not.toBe('x');
  });

  test('keeps results on stdout and puts notes above the live lines of stderr', () => {
    const [stdout, stderr] = [stream(true), stream(true)];
    const output = createOutput(stdout, stderr, { mayColor: false });
    output.live?.draw(['one', 'two']);
    output.note('happened');
    output.live?.draw([]);
    output.result('done');

    expect(stdout.written).toEqual(['done\n']);
    expect(stderr.written).toEqual(['one\ntwo\n', '\u001b[2A\r\u001b[Jhappened\none\ntwo\n', '\u001b[2A\r\u001b[J']);
  });

  test('lays rows out in columns', () => {
    expect(
      table([
        ['a', 'bb', 'c'],
        ['aaa', 'b', ''],
      ]),
    ).toBe('a    bb  c\naaa  b');
  });
});

describe('reading events', () => {
  test('puts together what arrives in pieces and passes over comments', () => {
    const reader = new EventsReader();

    expect(reader.take('retry: 1000\n\n: keep-alive\n\nid: e.1.0\nevent: pro')).toEqual([]);
    expect(reader.take('gress\ndata: {"a":1}\n\n')).toEqual([{ id: 'e.1.0', name: 'progress', data: '{"a":1}' }]);
  });
});
