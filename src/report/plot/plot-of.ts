import type { Evidence } from '../../domain/evidence';
import type { SeriesChunk } from '../../domain/evidence-store';
import { seriesOf } from '../../domain/series';
import type { PlannedSignal, Reading } from '../../domain/signal';
import { formatValue } from '../../domain/watch';
import { valueText } from '../html/words';
import { linesOf, thin, unknownSpans, type Point, type Span } from './lines';
import { scaleOf } from './scale';
import { thresholdsOf, type Threshold } from './thresholds';

/** A breach as it is marked: when, in which words, and the readings that prove it. */
interface MarkedBreach {
  atMs: number;
  reason: string;
  points: Point[];
}

/** All that a plot of one signal shows, in its own units and ms since the epoch. */
export interface Plot {
  signal: PlannedSignal;
  time: Span;
  /** When the experiment started: where every clock in the report begins. */
  startMs: number;
  min: number;
  max: number;
  ticks: { value: number; text: string }[];
  isStepped: boolean;
  lines: Point[][];
  /** Readings without a value, and times in which nobody watched. */
  unknown: Span[];
  faults: (Span & { text: string })[];
  thresholds: (Threshold & { value?: number })[];
  breaches: MarkedBreach[];
  known: number;
}

/** Prepares the plot of one signal over a stretch of time. */
export function plotOf(signal: PlannedSignal, evidence: Evidence, chunks: SeriesChunk[], time: Span): Plot {
  const readings = seriesOf(chunks, signal.name);
  const thresholds = thresholdsOf(signal.name, evidence);
  const axis = axisOf(signal, readings, thresholds);
  return {
    startMs: Date.parse(evidence.startedAt),
    ...{ signal, time, isStepped: axis.isStepped, min: axis.min, max: axis.max, ticks: axis.ticks },
    lines: linesOf(readings, signal.everyMs, axis.numberOf).map((line) => (axis.isStepped ? line : thin(line))),
    unknown: [...unknownSpans(readings, signal.everyMs), ...gapsOf(evidence)],
    faults: faultsOf(evidence),
    thresholds: thresholds.map((one) => ({
      ...one,
      ...(one.bound === undefined ? {} : { value: axis.numberOf(one.bound) }),
    })),
    breaches: breachesOf(signal, evidence, axis.numberOf),
    known: readings.filter((reading) => reading.state === 'ok').length,
  };
}

interface Axis {
  min: number;
  max: number;
  ticks: Plot['ticks'];
  isStepped: boolean;
  numberOf(value: number | string): number;
}

function axisOf(signal: PlannedSignal, readings: Reading[], thresholds: Threshold[]): Axis {
  const bounds = thresholds.flatMap((one) => one.bound ?? []);
  const values = [...readings.flatMap((reading) => (reading.state === 'ok' ? [reading.value] : [])), ...bounds];
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === values.length ? numberAxis(signal, numbers) : wordAxis(values);
}

function numberAxis(signal: PlannedSignal, numbers: number[]): Axis {
  const { min, max, ticks } = scaleOf(numbers);
  const labelled = ticks.map((value) => ({ value, text: valueText(value, signal.unit) }));
  // A little room, so that a line along the top or the bottom is not cut.
  const room = (max - min) * 0.04;
  return { min: min - room, max: max + room, ticks: labelled, isStepped: false, numberOf: Number };
}

/** Each word has a height of its own, in the order in which the words first came. */
function wordAxis(values: (number | string)[]): Axis {
  const words = [...new Set(values.map(formatValue))];
  const ticks = words.map((text, value) => ({ value, text }));
  const numberOf = (value: number | string) => words.indexOf(formatValue(value));
  return { min: -0.5, max: words.length - 0.5, ticks, isStepped: true, numberOf };
}

function gapsOf(evidence: Evidence): Span[] {
  return evidence.observations.flatMap((observation) =>
    observation.gaps.map((gap) => ({ fromMs: Date.parse(gap.from), toMs: Date.parse(gap.to) })),
  );
}

function faultsOf(evidence: Evidence): Plot['faults'] {
  return evidence.injections.flatMap((injection) =>
    injection.injectedAt === undefined
      ? []
      : [
          {
            fromMs: Date.parse(injection.injectedAt),
            toMs: Date.parse(injection.rolledBackAt ?? evidence.endedAt),
            text: injection.fault,
          },
        ],
  );
}

function breachesOf(signal: PlannedSignal, evidence: Evidence, numberOf: Axis['numberOf']): MarkedBreach[] {
  const breaches = evidence.observations.flatMap((observation) => observation.breaches);
  return breaches
    .filter((breach) => breach.signal === signal.name)
    .map(({ at, reason, readings }) => ({
      ...{ atMs: Date.parse(at), reason },
      points: readings
        .filter((seen) => seen.isOutside)
        .map((seen) => ({ atMs: Date.parse(seen.at), value: numberOf(seen.value) })),
    }));
}
