import { z } from 'zod';

const pattern = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/;
const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const expected = 'expected a duration with its unit, such as 500ms, 20s, 5m or 2h';

/** Milliseconds of a text such as `500ms`, `20s`, `5m` or `2h`; undefined for anything else. */
export function durationMs(text: string): number | undefined {
  const [, amount, unit] = pattern.exec(text.trim()) ?? [];
  if (amount === undefined || !isUnit(unit)) return undefined;
  return Math.round(Number(amount) * unitsMs[unit]);
}

function isUnit(unit: string | undefined): unit is keyof typeof unitsMs {
  return unit !== undefined && Object.hasOwn(unitsMs, unit);
}

/** A duration as authors write it, within bounds; milliseconds when parsed. */
export function duration(bounds: { min?: string; max?: string } = {}) {
  const [minMs, maxMs] = [durationMs(bounds.min ?? '0s') ?? 0, durationMs(bounds.max ?? '24h') ?? 0];
  return z
    .string(expected)
    .regex(pattern, expected)
    .refine((text) => (durationMs(text) ?? minMs) >= minMs, `expected at least ${bounds.min ?? '0s'}`)
    .refine((text) => (durationMs(text) ?? maxMs) <= maxMs, `expected at most ${bounds.max ?? '24h'}`)
    .transform((text) => durationMs(text) ?? 0);
}

/** Milliseconds as people read them: the largest unit that stays whole. */
export function formatMs(ms: number): string {
  for (const unit of ['h', 'm', 's'] as const)
    if (ms > 0 && ms % unitsMs[unit] === 0) return `${ms / unitsMs[unit]}${unit}`;
  return `${ms}ms`;
}
