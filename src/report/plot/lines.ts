import type { Reading } from '../../domain/signal';

/** A value at an instant (ms since the epoch); words are values on a list of words. */
export interface Point {
  atMs: number;
  value: number;
}

/** A stretch of time, in ms since the epoch. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** A line ends where this many rhythms pass without a value: nothing is drawn where nothing is known. */
const breakAfter = 2.5;

/** Joins known readings into lines that never cross what is unknown. */
export function linesOf(readings: Reading[], everyMs: number, numberOf: (value: number | string) => number): Point[][] {
  const lines: Point[][] = [];
  let current: Point[] = [];
  for (const reading of readings) {
    const atMs = Date.parse(reading.at);
    const last = current.at(-1);
    if (reading.state !== 'ok' || (last && atMs - last.atMs > everyMs * breakAfter)) {
      if (current.length > 0) lines.push(current);
      current = [];
    }
    if (reading.state === 'ok') current.push({ atMs, value: numberOf(reading.value) });
  }
  return current.length > 0 ? [...lines, current] : lines;
}

/** Where a reading was due and had no value; neighbours are one stretch. */
export function unknownSpans(readings: Reading[], everyMs: number): Span[] {
  const spans: Span[] = [];
  for (const reading of readings) {
    if (reading.state === 'ok') continue;
    const toMs = Date.parse(reading.at);
    const last = spans.at(-1);
    if (last && toMs - last.toMs <= everyMs * breakAfter) last.toMs = toMs;
    else spans.push({ fromMs: toMs - everyMs, toMs });
  }
  return spans;
}

/**
 * Thins a long line to what a screen can show: of each stretch the first, lowest, highest and last point stay, so
 * that no peak is ever hidden.
 */
export function thin(line: Point[], stretches = 500): Point[] {
  if (line.length <= stretches * 4) return line;
  const size = Math.ceil(line.length / stretches);
  return Array.from({ length: Math.ceil(line.length / size) }, (_unused, index) =>
    corners(line.slice(index * size, (index + 1) * size)),
  ).flat();
}

function corners(stretch: Point[]): Point[] {
  const [first] = stretch;
  const last = stretch.at(-1);
  if (!first || !last) return [];
  const lowest = stretch.reduce((least, point) => (point.value < least.value ? point : least));
  const highest = stretch.reduce((most, point) => (point.value > most.value ? point : most));
  return [...new Set([first, lowest, highest, last])].sort((left, right) => left.atMs - right.atMs);
}
