import type { ConnectionFailure } from '../connection-failure';

/** How a request ended: `ok`, an unexpected status by its class, no answer, or `overflow`: never started. */
export type Outcome = 'ok' | `status-${number}xx` | ConnectionFailure | 'overflow';

/** One request as it was seen; kept raw for the evidence. */
export interface Sample {
  /** Milliseconds since the epoch. It decides in which window the request counts. */
  completedAtMs: number;
  /** From the scheduled start to the end of the answer or the failure. */
  latencyMs: number;
  outcome: Outcome;
  id?: string;
}
