import type { Guard } from './expectation';
import type { KnownReading, Reading } from './signal';
import { boundOf, isWithin } from './tolerance';

/** The value of a signal in steady state. */
export type Baseline = Record<string, { value: number | string; n: number }>;

/** One reading as a rule saw it. */
export interface Seen {
  at: string;
  value: number | string;
  isOutside: boolean;
}

/** The latest readings per rule, enough to go on from after a crash; plain JSON. */
export type WatchState = Record<string, Seen[]>;

/** A rule that did not hold, with the readings that prove it. */
export interface Breach {
  kind: 'guard' | 'expectation' | 'whole-hold';
  signal: string;
  at: string;
  /** In plain words with the numbers. */
  reason: string;
  readings: Seen[];
}

/** A guard or an expectation, with the name under which its readings are remembered. */
export interface WatchRule extends Guard {
  id: string;
  kind: 'guard' | 'expectation';
}

/**
 * Adds a reading to a rule and says whether the rule is now breached: `count` of any `of` consecutive known
 * readings outside. Unknown readings are neither in nor out; losing sight is judged apart.
 */
export function watch(
  state: WatchState,
  rule: WatchRule,
  reading: Reading,
  baseline: Baseline,
): { state: WatchState; breach?: Breach } {
  if (reading.state !== 'ok') return { state };
  const seen = seenBy(rule, reading, baseline);
  const recent = [...(state[rule.id] ?? []), seen].slice(-rule.of);
  const next = { ...state, [rule.id]: recent };
  const outside = recent.filter((one) => one.isOutside);
  if (outside.length < rule.count || !seen.isOutside) return { state: next };
  return { state: next, breach: breachOf(rule, recent, reading, baseline) };
}

/** A reading as a rule sees it; one that cannot be compared with its bound is outside. */
export function seenBy(rule: Pick<Guard, 'signal' | 'tolerance'>, reading: KnownReading, baseline: Baseline): Seen {
  const inside = isWithin(rule.tolerance, reading.value, baseline[rule.signal]?.value);
  return { at: reading.at, value: reading.value, isOutside: inside !== true };
}

function breachOf(rule: WatchRule, readings: Seen[], last: KnownReading, baseline: Baseline): Breach {
  const outside = readings.filter((one) => one.isOutside).length;
  const bound = describeBound(rule, baseline);
  const verb = rule.kind === 'guard' ? 'guard tripped' : 'expectation breached';
  const reason = `${verb}: ${rule.signal} was ${formatValue(last.value)}, ${bound}; ${outside} of ${readings.length} readings outside`;
  return { kind: rule.kind, signal: rule.signal, at: last.at, reason, readings };
}

/** The tolerance in words, a relative bound with the number it stands for. */
export function describeBound(rule: Pick<Guard, 'signal' | 'tolerance'>, baseline: Baseline): string {
  const { tolerance } = rule;
  const bound = boundOf(tolerance, baseline[rule.signal]?.value);
  if (tolerance.relativeTo === undefined) return `expected ${tolerance.text}`;
  return `expected ${tolerance.text} (${tolerance.operator} ${bound === undefined ? 'unknown' : formatValue(bound)})`;
}

/** A value for people: at most four significant digits. */
export function formatValue(value: number | string): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : value;
}
