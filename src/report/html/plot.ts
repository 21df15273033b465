import type { Plot } from '../plot/plot-of';
import type { Point, Span } from '../plot/lines';
import { timeTicks } from '../plot/scale';
import { html, type Markup } from './markup';
import { clockText, durationText, valueText } from './words';

// The drawing is stretched to the page; texts stand beside it as ordinary text, so that a phone shows them readably.
const width = 1_000;
const height = 240;

/** Draws one signal: line, fault windows, bounds, breaches, and hatching where nothing is known. */
export function renderPlot(plot: Plot, index: number): Markup {
  const ticks = timeTicks(plot.time.fromMs - plot.startMs, plot.time.toMs - plot.startMs);
  return html`<div class="plot">
    <div class="plot-y" aria-hidden="true">
      ${plot.ticks.map(({ value, text }) => html`<span style="top:${percentDown(plot, value)}%">${text}</span>`)}
    </div>
    <div class="plot-area">
      ${drawing(plot, index, ticks)} ${plot.faults.map((fault) => label('fault', plot, fault.fromMs, fault.text))}
      ${plot.breaches.map((breach) => label('breach', plot, breach.atMs, 'breach'))}
      ${plot.known === 0 && html`<p class="plot-empty">No reading of this signal was stored.</p>`}
    </div>
    <div class="plot-x" aria-hidden="true">
      ${ticks.map((ms) => html`<span style="left:${percentAlong(plot.time, plot.startMs + ms)}%">${clockText(ms)}</span>`)}
    </div>
  </div>`;
}

function drawing(plot: Plot, index: number, ticks: number[]): Markup {
  const hatch = `hatch-${index}`;
  return html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${spoken(plot)}">
    <defs>
      <pattern id="${hatch}" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line class="hatch" x1="0" y1="0" x2="0" y2="9" />
      </pattern>
    </defs>
    ${plot.faults.map((fault) => box('fault-window', plot, fault))}
    ${plot.ticks.map(({ value }) => html`<path class="grid" d="M0 ${y(plot, value)}H${width}" />`)}
    ${ticks.map((ms) => html`<path class="grid" d="M${x(plot, plot.startMs + ms)} 0V${height}" />`)}
    ${plot.unknown.map((span) => html`${box('unknown-ground', plot, span)}${box('unknown', plot, span, hatch)}`)}
    ${plot.faults.map((fault) => html`<path class="fault-edge" d="${edges(plot, fault)}" />`)}
    ${plot.thresholds.map((one) => one.value !== undefined && bound(plot, one.kind, one, one.value))}
    ${plot.lines.map((line) => html`<path class="series" d="${pathOf(plot, line)}" />`)}
    ${plot.breaches.map((breach) => html`<path class="breach-line" d="M${x(plot, breach.atMs)} 0V${height}" />`)}
    ${plot.breaches.map((breach) => html`<path class="breach-dots" d="${breach.points.map((point) => dot(plot, point)).join('')}" />`)}
  </svg>`;
}

function box(name: string, plot: Plot, span: Span, pattern?: string): Markup {
  const left = x(plot, span.fromMs);
  const fill = pattern === undefined ? undefined : html` fill="url(#${pattern})"`;
  return html`<rect
    class="${name}"
    ${fill}
    x="${left}"
    y="0"
    width="${round(Math.max(1, x(plot, span.toMs) - left))}"
    height="${height}"
  />`;
}

function edges(plot: Plot, span: Span): string {
  return `M${x(plot, span.fromMs)} 0V${height}M${x(plot, span.toMs)} 0V${height}`;
}

function bound(plot: Plot, kind: string, span: Span, value: number): Markup {
  return html`<path class="bound ${kind}" d="M${x(plot, span.fromMs)} ${y(plot, value)}H${x(plot, span.toMs)}" />`;
}

function pathOf(plot: Plot, line: Point[]): string {
  const steps = line.map((point) => {
    const along = x(plot, point.atMs);
    const down = y(plot, point.value);
    return plot.isStepped ? `H${along}V${down}` : `L${along} ${down}`;
  });
  const [first] = line;
  // A single reading is a line without length, which a round cap shows as a dot.
  return first ? `M${x(plot, first.atMs)} ${y(plot, first.value)}h0${steps.slice(1).join('')}` : '';
}

function dot(plot: Plot, point: Point): string {
  return `M${x(plot, point.atMs)} ${y(plot, point.value)}h0`;
}

function label(name: string, plot: Plot, atMs: number, text: string): Markup {
  const left = percentAlong(plot.time, atMs);
  const side = left > 70 ? html`right:${round(100 - left)}%` : html`left:${left}%`;
  return html`<span class="plot-label ${name}" style="${side}" aria-hidden="true">${text}</span>`;
}

function spoken(plot: Plot): string {
  const { signal, known, breaches, faults, unknown } = plot;
  const values = plot.lines.flat().map((point) => point.value);
  const range = plot.isStepped ? wordsOf(plot, values) : rangeOf(values, signal.unit);
  const length = durationText(plot.time.toMs - plot.time.fromMs);
  const marks = `${faults.length} fault windows, ${breaches.length} breaches, ${unknown.length} gaps`;
  return `${signal.name} over ${length}: ${known} readings${range}; ${marks}`;
}

function wordsOf(plot: Plot, values: number[]): string {
  const words = plot.ticks.filter((tick) => values.includes(tick.value)).map((tick) => tick.text);
  return words.length > 0 ? `, ${words.join(', ')}` : '';
}

function rangeOf(values: number[], unit: string): string {
  if (values.length === 0) return '';
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  return `, from ${valueText(low, unit)} to ${valueText(high, unit)}`;
}

function x(plot: Plot, atMs: number): number {
  return round((percentAlong(plot.time, atMs) / 100) * width);
}

function y(plot: Plot, value: number): number {
  return round((percentDown(plot, value) / 100) * height);
}

function percentAlong({ fromMs, toMs }: Span, atMs: number): number {
  return round(Math.min(100, Math.max(0, (100 * (atMs - fromMs)) / Math.max(1, toMs - fromMs))));
}

function percentDown({ min, max }: Plot, value: number): number {
  return round(100 * (1 - (value - min) / (max - min)));
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
