import { z } from 'zod';
import { duration, durationMs } from '../duration';
import { defineToxicFault, percent } from './toxic-fault';

/** Lets nothing through; what was sent meanwhile is lost, and the connections that met it are closed at the latest by rollback. */
export const timeout = defineToxicFault({
  harm: 'timeout',
  summary:
    'Lets nothing pass a proxy, and closes its connections after `timeout` (0ms: holds them until it is removed).',
  params: z.strictObject({ timeout: duration.default('0ms'), percent }),
  type: 'timeout',
  attributesOf: ({ timeout }) => ({ timeout: durationMs(timeout) }),
  // Taking the toxic off closes every connection of the proxy, also those that never met it.
  isFeltAtZero: true,
});
