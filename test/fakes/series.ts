import type { Evidence } from '../../src/domain/evidence';
import type { SeriesChunk } from '../../src/domain/evidence-store';
import type { Observation } from '../../src/domain/observation';
import type { PlannedSignal, Reading } from '../../src/domain/signal';

/** A chunk with one reading. */
export function aChunk(over: Partial<SeriesChunk> = {}): SeriesChunk {
  return {
    experimentId: 'payment-7f3a',
    observation: 'hold-1',
    signal: 'success-rate',
    number: 1,
    readings: [
      { signal: 'success-rate', at: '2026-05-12T09:00:30.000Z', windowMs: 5_000, state: 'ok', value: 0.998, n: 100 },
    ],
    samples: [],
    ...over,
  };
}

/** What a signal is worth at an instant of an observation; undefined where nobody looked. */
export type Course = (signal: PlannedSignal, atMs: number, observation: Observation) => Reading | undefined;

/** The full series of an experiment, one chunk per ten readings, as its observers would have written them. */
export function aSeries(evidence: Evidence, course: Course = calm): SeriesChunk[] {
  return evidence.observations.flatMap((observation) =>
    evidence.plan.signals.flatMap((signal) =>
      tens(readingsOf(signal, observation, course)).map((readings, index) => ({
        experimentId: evidence.experimentId,
        observation: observation.id,
        signal: signal.name,
        number: index + 1,
        readings,
        samples: [],
      })),
    ),
  );
}

/** Nothing happens: every signal keeps its value of the baseline, with a little noise. */
export const calm: Course = (signal, atMs, observation) => {
  const base = observation.baseline[signal.name]?.value ?? 1;
  const noise = Math.sin(atMs / 1700) * 0.4 + Math.sin(atMs / 630) * 0.6;
  const value = typeof base === 'number' ? round(signal.unit === 'ratio' ? base : base * (1 + noise * 0.05)) : base;
  return {
    signal: signal.name,
    at: new Date(atMs).toISOString(),
    windowMs: signal.windowMs,
    state: 'ok',
    value,
    n: 100,
  };
};

function readingsOf(signal: PlannedSignal, observation: Observation, course: Course): Reading[] {
  const endMs = Date.parse(observation.endedAt);
  const readings: Reading[] = [];
  for (let atMs = Date.parse(observation.startedAt) + signal.everyMs; atMs <= endMs; atMs += signal.everyMs) {
    const reading = course(signal, atMs, observation);
    if (reading) readings.push(reading);
  }
  return readings;
}

function tens(readings: Reading[]): Reading[][] {
  const count = Math.ceil(readings.length / 10);
  return Array.from({ length: count }, (_unused, index) => readings.slice(index * 10, index * 10 + 10));
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
