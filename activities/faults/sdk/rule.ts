import { z } from 'zod';

/** What a fault point does to a call, as the control protocol carries it. */
const effect = z.looseObject({ kind: z.string() });

/** What a fault point does to a call. */
export type Effect =
  | { kind: 'latency'; delayMs: number; jitterMs: number }
  | { kind: 'error'; status: number; exception: boolean; message?: string }
  | { kind: 'malformed'; how: string }
  | { kind: 'rate-limit'; perSecond: number };

/** A rule as the control protocol shows it; `seen` counts calls while active, `hits` those that met the effect. */
export const rule = z.looseObject({
  id: z.string(),
  point: z.string(),
  effect,
  percent: z.number(),
  state: z.enum(['armed', 'active']),
  leaseRemainingMs: z.number(),
  hits: z.number(),
  seen: z.number(),
  tag: z.record(z.string(), z.string()),
});

/** A rule as the control protocol shows it. */
export type Rule = z.infer<typeof rule>;

/** Every rule that has not ended. */
export const ruleList = z.looseObject({ rules: z.array(rule) });

/** What a removal found, with the last known counts. */
export const removal = z.looseObject({
  found: z.enum(['armed', 'active', 'absent']),
  hits: z.number(),
  seen: z.number(),
});

/** What an application says of itself: its name, the points on its allow-list, the bounds it enforces. */
export const health = z.looseObject({
  service: z.string(),
  protocol: z.literal(1),
  disabled: z.boolean(),
  points: z.array(z.string()),
  bounds: z.looseObject({ delayMaxMs: z.number(), percentMax: z.number(), concurrentMax: z.number() }),
});

/** What an application says of itself. */
export type Health = z.infer<typeof health>;
