/** How a malformed body differs from the good one: cut short, not JSON any more, or JSON of another type. */
export type Malformation = 'truncated' | 'broken-json' | 'wrong-type';

/** What a rule does to a call, as it travels in the control protocol; delays are milliseconds. */
export type Effect =
  | { kind: 'latency'; delayMs: number; jitterMs?: number }
  | { kind: 'error'; status: number; exception?: boolean; message?: string }
  | { kind: 'drop' }
  | { kind: 'malformed'; how: Malformation }
  | { kind: 'rate-limit'; perSecond: number }
  | { kind: 'custom'; name: string; value?: unknown };
