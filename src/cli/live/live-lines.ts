import { phases } from '../../domain/phase';
import type { Progress } from '../../domain/progress';
import type { Reading } from '../../domain/signal';
import { formatValue } from '../../domain/watch';
import type { Paint } from '../output';
import { sparkline } from './sparkline';

/** What the live lines are drawn from. */
export interface LiveState {
  progress: Progress | undefined;
  signals: { signal: string; readings: Reading[] }[];
  troubles: Map<string, string>;
  nowMs: number;
  columns: number;
  paint: Paint;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

/** Draws the bottom of the terminal: the phases, what is being done, a sparkline per signal, what does not answer. */
export function liveLines(state: LiveState): string[] {
  if (!state.progress) return [];
  return [
    phaseLine(state, state.progress),
    ...detailLine(state, state.progress),
    ...signalLines(state),
    ...troubleLines(state),
  ];
}

function phaseLine({ nowMs, paint, columns }: LiveState, { phase, evidence }: Progress): string {
  const frame = frames[Math.floor(nowMs / 100) % frames.length] ?? frames[0];
  const since = evidence.phases.findLast((one) => one.phase === phase)?.startedAt;
  const seconds = since === undefined ? '' : ` ${Math.max(0, Math.round((nowMs - Date.parse(since)) / 1000))}s`;
  if (columns < 90) return `${frame} ${paint.bold(phase)}${seconds}`;
  const reached = new Set(evidence.phases.map((one) => one.phase));
  const words = phases.map((one) => {
    if (one === phase) return paint.bold(paint.cyan(`${one}${seconds}`));
    return reached.has(one) ? paint.green(one) : paint.dim(one);
  });
  return `${frame} ${words.join(paint.dim(' › '))}`;
}

function detailLine({ paint, columns }: LiveState, { details }: Progress): string[] {
  const [line] = details.split('\n');
  return line ? [`  ${paint.dim(cut(line, columns - 3))}`] : [];
}

function signalLines({ signals, columns, paint }: LiveState): string[] {
  const nameWidth = Math.min(30, Math.max(0, ...signals.map(({ signal }) => signal.length)));
  const width = Math.max(5, Math.min(60, columns - nameWidth - 16));
  return signals.map(({ signal, readings }) => {
    const line = sparkline(readings.map(valueOf), width);
    return `  ${cut(signal, nameWidth).padEnd(nameWidth)} ${paint.cyan(line)} ${lastOf(readings)}`;
  });
}

function troubleLines({ troubles, paint, columns }: LiveState): string[] {
  return [...troubles].map(([part, why]) => `  ${paint.yellow(cut(`${part} does not answer: ${why}`, columns - 3))}`);
}

function valueOf(reading: Reading): number | undefined {
  return reading.state === 'ok' && typeof reading.value === 'number' ? reading.value : undefined;
}

function lastOf(readings: Reading[]): string {
  const last = readings.at(-1);
  if (!last) return '';
  return last.state === 'ok' ? formatValue(last.value) : last.state;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
