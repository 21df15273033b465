import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { askRaw } from './ask-raw';
import { eventually } from '../contract/eventually';
import type { Workplace } from './workplace';

const answer = z.object({
  rules: z.array(
    z.object({ id: z.string(), state: z.string(), hits: z.number(), tag: z.record(z.string(), z.unknown()) }),
  ),
});

/** A rule as the payment service itself lists it. */
export type SeenRule = z.infer<typeof answer>['rules'][number];

/** The rules that the payment service has now, asked of its own control. */
export async function seenRules({ shop }: Workplace): Promise<SeenRule[]> {
  const { body } = await askRaw(shop.urls['payment-control'], shop.controlToken.trim(), 'GET', '/v1/rules');
  return answer.parse(body).rules;
}

/** The files in the folder of the no-op; `demo` has the first of these folders. */
export function seenMarkers({ dir }: Workplace, name = 'noop'): string[] {
  const folder = join(dir, '.gameday', name);
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Waits until the payment service has an active rule. */
export async function untilRuleIsActive(workplace: Workplace, withinMs = 30_000): Promise<void> {
  await eventually('an active rule', withinMs, async () =>
    (await seenRules(workplace)).some((rule) => rule.state === 'active'),
  );
}

/** Waits until the folder of the no-op holds the marker of a fault in effect. */
export async function untilMarkerIsActive(workplace: Workplace, name = 'noop'): Promise<void> {
  await eventually('an active marker', 30_000, async () =>
    seenMarkers(workplace, name).some((name) => name.endsWith('.active.json')),
  );
}
