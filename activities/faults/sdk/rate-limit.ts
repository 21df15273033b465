import { z } from 'zod';
import { defineRuleFault, percent } from './rule-fault';

const rate = z.string().regex(/^\d{1,6}\/s$/, 'expected a rate such as 20/s');

/** Answers 429 to calls above a rate. */
export const rateLimit = defineRuleFault({
  harm: 'rate-limit',
  summary: 'Answers 429 with Retry-After to the calls at a point above `rate`, counted over a share of them.',
  params: z.strictObject({ rate, percent }),
  effectOf: ({ rate: text }) => ({ kind: 'rate-limit', perSecond: Number.parseInt(text, 10) }),
});
