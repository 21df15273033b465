import { formatValue } from '../../domain/watch';

/** A stretch of time for people: `850 ms`, `3.4 s`, `2 min 5 s`, `1 h 12 min`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min${rest(seconds % 60, 's')}`;
  return `${Math.floor(seconds / 3_600)} h${rest(Math.floor((seconds % 3_600) / 60), 'min')}`;
}

function rest(count: number, unit: string): string {
  return count === 0 ? '' : ` ${count} ${unit}`;
}

/** Time since the start on a clock face: `0:07`, `12:30`, `1:02:30`. */
export function clockText(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / 1_000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3_600);
  const [minutes = 0, left = 0] = parts;
  const tail = String(left).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** The same to a tenth of a second, for events that follow closely: `0:34.5`. */
export function preciseClockText(ms: number): string {
  const tenths = Math.round(Math.max(0, ms) / 100);
  return `${clockText(Math.floor(tenths / 10) * 1_000)}.${tenths % 10}`;
}

/** An instant for people, always in UTC: `12 May 2026, 09:00:26 UTC`; text that is no instant stays as it is. */
export function instantText(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const month = months[date.getUTCMonth()] ?? '';
  return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}, ${date.toISOString().slice(11, 19)} UTC`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A value with its unit where the unit is one that people write. */
export function valueText(value: number | string | undefined, unit: string): string {
  if (value === undefined) return '–';
  return unit === 'ms' && typeof value === 'number' ? `${formatValue(value)} ms` : formatValue(value);
}

/** A share in percent with one decimal. */
export function percentText(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
