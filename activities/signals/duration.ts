import { z } from 'zod';

const pattern = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;
const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A length of time in milliseconds; NaN when the text is none. */
export function durationMs(text: string): number {
  const [, amount, unit] = pattern.exec(text) ?? [];
  return Number(amount) * (unitMs[unit ?? ''] ?? Number.NaN);
}

/** A length of time as authors write it, above zero and at most `max`; kept as text, so that parsing twice equals once. */
export function durationText(max: string): z.ZodType<string, string> {
  const isAllowed = (text: string) => durationMs(text) > 0 && durationMs(text) <= durationMs(max);
  return z
    .string()
    .refine(isAllowed, { error: `expected a duration such as 500ms or 2s, above zero and at most ${max}` });
}
