import { z } from 'zod';
import { duration, durationMs } from '../duration';
import { defineRuleFault, percent } from './rule-fault';

/** Holds a share of calls for a time, give or take a jitter. */
export const latency = defineRuleFault({
  harm: 'latency',
  summary: 'Holds a share of the calls at a point for `delay`, give or take `jitter`.',
  params: z
    .strictObject({ delay: duration, jitter: duration.default('0ms'), percent })
    .refine(({ delay, jitter }) => durationMs(jitter) <= durationMs(delay), {
      path: ['jitter'],
      error: 'expected at most the delay',
    }),
  effectOf: ({ delay, jitter }) => ({ kind: 'latency', delayMs: durationMs(delay), jitterMs: durationMs(jitter) }),
});
