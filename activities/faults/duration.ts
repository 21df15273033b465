import { z } from 'zod';

const pattern = /^(\d+)(ms|s|m|h)$/;
const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A duration as authors write it, such as `300ms` or `2s`; stays text, so that parsing it twice equals once. */
export const duration = z.string().regex(pattern, 'expected a duration such as 500ms, 20s, 5m or 2h');

/** The milliseconds that a `duration` stands for. */
export function durationMs(text: string): number {
  const [, amount, unit = ''] = pattern.exec(text) ?? [];
  return Number(amount) * (unitMs[unit] ?? Number.NaN);
}
