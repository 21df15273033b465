import { z } from 'zod';
import { defineRuleFault, percent } from './rule-fault';

/** Answers a share of calls with an HTTP error status, or throws there. */
export const error = defineRuleFault({
  harm: 'error',
  summary: 'Answers a share of the calls at a point with an HTTP error status, or throws when `exception` is set.',
  params: z.strictObject({
    status: z.number().int().min(400).max(599).default(503),
    exception: z.boolean().default(false),
    message: z.string().min(1).max(500).optional(),
    percent,
  }),
  effectOf: ({ status, exception, message }) => ({
    kind: 'error',
    status,
    exception,
    ...(message === undefined ? {} : { message }),
  }),
});
