import { z } from 'zod';
import { defineRuleFault, percent } from './rule-fault';

/** Spoils the answers of a share of calls. */
export const malformed = defineRuleFault({
  harm: 'malformed',
  summary: 'Spoils the answers of a share of the calls at a point: cut short, broken JSON or another type.',
  params: z.strictObject({ how: z.enum(['truncated', 'broken-json', 'wrong-type']).default('broken-json'), percent }),
  effectOf: ({ how }) => ({ kind: 'malformed', how }),
});
