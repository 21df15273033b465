import { z } from 'zod';
import { duration, durationMs } from '../duration';
import { defineToxicFault, percent } from './toxic-fault';

/** Resets connections once something passes; connections from before the injection are closed in the ordinary way. */
export const resetPeer = defineToxicFault({
  harm: 'reset-peer',
  summary: 'Resets connections through a proxy `timeout` after something passes (0ms: at once).',
  params: z.strictObject({ timeout: duration.default('0ms'), percent }),
  type: 'reset_peer',
  attributesOf: ({ timeout }) => ({ timeout: durationMs(timeout) }),
  // With it on the proxy, every new connection discards unsent data when it is closed, also those that never meet it.
  isFeltAtZero: true,
});
