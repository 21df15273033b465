import { z } from 'zod';
import { breachCount, type Guard } from '../domain/expectation';
import type { PlannedSignal } from '../domain/signal';
import type { Measure } from '../domain/signal-provider';
import type { Operator } from '../domain/tolerance';
import { unitOf, type Units } from './expectations';
import { finding, type Finding, type Path } from './finding';
import { inUnit, parseBound, type WrittenBound } from './tolerance';

const countExpected = 'expected how many of how many readings, such as "2 of 3"';
const countPattern = /^\s*(\d{1,3})\s+of\s+(\d{1,3})\s*$/;
const relativeExpected = 'expected a multiple of the baseline, such as "0.8 x baseline"';

const guardCount = z
  .string(countExpected)
  .regex(countPattern, countExpected)
  .refine((text) => isPossible(countsIn(text)), 'expected a count of at least 1 and at most the number of readings')
  .transform(countsIn);

function countsIn(text: string): { count: number; of: number } {
  const [, count, of] = countPattern.exec(text) ?? [];
  return { count: Number(count), of: Number(of) };
}

function isPossible({ count, of }: { count: number; of: number }): boolean {
  return Number.isNaN(count) || (count >= 1 && count <= of);
}

const guardBound = z.union([z.number(), z.string()]).transform((bound) => parseBound(String(bound)));

/** A guard as authors write it: beyond which value, in how many of how many readings, the hold stops at once. */
export const writtenGuard = z
  .strictObject({
    signal: z.string(),
    below: guardBound.optional(),
    above: guardBound.optional(),
    relative: z
      .string(relativeExpected)
      .regex(/^\s*\d+(\.\d+)?\s*x\s*baseline\s*$/, relativeExpected)
      .transform((text) => parseBound(text.trim()))
      .optional(),
    for: guardCount.default({ count: breachCount.count, of: breachCount.of }),
  })
  .refine((guard) => [guard.below, guard.above, guard.relative].filter((bound) => bound !== undefined).length === 1, {
    error: 'expected exactly one of below, above and relative, found none or several',
    params: { isComplete: true },
  });

/** A guard in its shape. */
export type WrittenGuard = z.infer<typeof writtenGuard>;

/** What a guard needs to know of the signals. */
export interface GuardContext {
  units: Units;
  measures: ReadonlyMap<string, Measure>;
  findings: Finding[];
}

/** The guards with what must hold, in their signals' units. */
export function resolveGuards(written: WrittenGuard[], context: GuardContext): Guard[] {
  return written.flatMap((guard, index) => resolveGuard(guard, ['guards', index], context) ?? []);
}

function resolveGuard(guard: WrittenGuard, path: Path, context: GuardContext): Guard | undefined {
  const unit = unitOf(guard.signal, [...path, 'signal'], context, false);
  const limit = limitOf(guard, context.measures.get(guard.signal));
  if (unit === undefined) return undefined;
  if (limit === undefined) {
    const message = `expected below or above, since neither more nor less of ${guard.signal} is known to be harm`;
    context.findings.push(finding([...path, 'relative'], message));
    return undefined;
  }
  const { operator, bound, key } = limit;
  const resolved = inUnit({ operator, bound, text: `${operator} ${formatBound(bound)}` }, unit);
  if ('tolerance' in resolved) return { signal: guard.signal, tolerance: resolved.tolerance, ...guard.for };
  context.findings.push(finding([...path, key], resolved.message));
  return undefined;
}

type GuardLimit = { operator: Operator; bound: WrittenBound; key: string };

function limitOf(guard: WrittenGuard, measure: Measure | undefined): GuardLimit | undefined {
  if (guard.below) return { operator: '>=', bound: guard.below, key: 'below' };
  if (guard.above) return { operator: '<=', bound: guard.above, key: 'above' };
  if (!guard.relative || !measure?.better) return undefined;
  return { operator: measure.better === 'more' ? '>=' : '<=', bound: guard.relative, key: 'relative' };
}

function formatBound(bound: WrittenBound): string {
  if (bound.kind === 'baseline') return `${bound.value} x baseline`;
  return bound.kind === 'duration' ? `${bound.value}ms` : String(bound.value);
}

/** The guards of a scenario that gives none: success ratios above 0.8, latencies below 3 times their baseline. */
export function defaultGuards(signals: PlannedSignal[], measures: ReadonlyMap<string, Measure>): Guard[] {
  return signals.flatMap((signal) => {
    const measure = measures.get(signal.name);
    if (signal.unit === 'ms') return [relativeGuard(signal.name, '<=', 3)];
    return signal.unit === 'ratio' && measure?.better === 'more' ? [relativeGuard(signal.name, '>=', 0.8)] : [];
  });
}

function relativeGuard(signal: string, operator: Operator, value: number): Guard {
  const text = `${operator} ${value} x baseline`;
  return { signal, tolerance: { operator, value, relativeTo: 'baseline', text }, ...breachCount };
}
