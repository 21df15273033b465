import { z } from 'zod';
import type { Operator, Tolerance } from '../domain/tolerance';
import { durationMs } from './duration';
import { show } from './finding';

/** A bound as it is written, before the unit of its signal is known. */
export type WrittenBound =
  | { kind: 'number'; value: number }
  | { kind: 'duration'; value: number }
  | { kind: 'word'; value: string }
  | { kind: 'baseline'; value: number };

/** A tolerance as it is written, before the unit of its signal is known. */
export interface WrittenTolerance {
  operator: Operator;
  bound: WrittenBound;
  text: string;
}

const pattern = /^\s*(>=|<=|==|!=|>|<)\s*(\S(?:.*\S)?)\s*$/;
const relative = /^(\d+(?:\.\d+)?)\s*x\s*baseline$/;
const expected = 'expected a comparison such as ">= 0.99", "<= 450ms", "== closed" or ">= 0.9 x baseline"';

/** A comparison as authors write it. */
export const writtenTolerance = z
  .string(expected)
  .regex(pattern, expected)
  .transform((text): WrittenTolerance => {
    const [, operator, bound] = pattern.exec(text) ?? [];
    return { operator: isOperator(operator) ? operator : '==', bound: parseBound(bound ?? ''), text: text.trim() };
  });

function isOperator(text: string | undefined): text is Operator {
  return text !== undefined && ['>=', '<=', '>', '<', '==', '!='].includes(text);
}

/** What a bound is: a multiple of the baseline, a duration, a number, or else a word. */
export function parseBound(text: string): WrittenBound {
  const factor = relative.exec(text)?.[1];
  if (factor !== undefined) return { kind: 'baseline', value: Number(factor) };
  const ms = durationMs(text);
  if (ms !== undefined) return { kind: 'duration', value: ms };
  return /^[+-]?(\d|\.\d)/.test(text) && Number.isFinite(Number(text))
    ? { kind: 'number', value: Number(text) }
    : { kind: 'word', value: text };
}

/** The tolerance in the unit of its signal, or why the two do not go together. */
export function inUnit(written: WrittenTolerance, unit: string): { tolerance: Tolerance } | { message: string } {
  const message = mismatch(written, unit);
  if (message !== undefined) return { message };
  const { operator, bound, text } = written;
  if (bound.kind === 'baseline') return { tolerance: { operator, value: bound.value, relativeTo: 'baseline', text } };
  return { tolerance: { operator, value: bound.value, text } };
}

function mismatch({ operator, bound, text }: WrittenTolerance, unit: string): string | undefined {
  const isOrder = operator !== '==' && operator !== '!=';
  if (bound.kind === 'baseline') return baselineMismatch(isOrder, text);
  if (bound.kind === 'word') return wordMismatch(isOrder, unit, text);
  if (unit === 'ms' && bound.kind === 'number')
    return `expected a duration with its unit, such as "<= 450ms", found ${show(text)}`;
  if (unit !== 'ms' && bound.kind === 'duration')
    return `expected a bound without a unit of time, since the unit of the signal is ${unit}, found ${show(text)}`;
  if (unit === 'ratio' && (bound.value < 0 || bound.value > 1))
    return `expected a ratio between 0 and 1, found ${show(text)}`;
  return undefined;
}

function baselineMismatch(isOrder: boolean, text: string): string | undefined {
  return isOrder ? undefined : `expected >=, <=, > or < with a multiple of the baseline, found ${show(text)}`;
}

function wordMismatch(isOrder: boolean, unit: string, text: string): string | undefined {
  if (unit !== 'value' && unit !== 'word')
    return `expected a number, since the unit of the signal is ${unit}, found ${show(text)}`;
  return isOrder ? `expected == or != with a word, found ${show(text)}` : undefined;
}
