import { z } from 'zod';
import { duration, durationMs } from '../duration';
import { defineToxicFault, percent } from './toxic-fault';

/** Holds what passes in one direction for a time, give or take a jitter. */
export const latency = defineToxicFault({
  harm: 'latency',
  summary: 'Delays what passes a proxy in one direction by `delay`, give or take `jitter`.',
  params: z
    .strictObject({ delay: duration, jitter: duration.default('0ms'), percent })
    .refine(({ delay, jitter }) => durationMs(jitter) <= durationMs(delay), {
      path: ['jitter'],
      error: 'expected at most the delay',
    }),
  type: 'latency',
  attributesOf: ({ delay, jitter }) => ({ latency: durationMs(delay), jitter: durationMs(jitter) }),
  isFeltAtZero: false,
});
