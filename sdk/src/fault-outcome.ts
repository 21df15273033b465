import type { Malformation } from './effect';

/** What the caller of a fault point should now do; `latency` means that the wait is already over and the call goes on. */
export type FaultOutcome =
  | { effect: 'latency'; delayedMs: number }
  | { effect: 'error'; status: number; message: string; exception: boolean }
  | { effect: 'drop' }
  | { effect: 'malformed'; how: Malformation }
  | { effect: 'rate-limit'; status: 429; retryAfterSeconds: number }
  | { effect: 'custom'; name: string; value: unknown };
