import type { StartedShop } from '../harness/shop';

const LIFE_MS = 60_000;
// An id is never used twice: a removed rule's id stays refused for the rest of the rule's life.
let rules = 0;

/** How many calls a rule saw and hit before it was removed. */
interface RuleCounts {
  hits: number;
  seen: number;
}

/** Puts a rule into effect at the charge point over the control protocol; `remove` ends it and resolves to its counts. */
export async function startFault(shop: StartedShop, effect: object, percent: number) {
  const path = `/v1/rules/shop-test-${rules++}`;
  const content = {
    point: 'charge',
    effect,
    percent,
    leaseMs: LIFE_MS,
    remainingMs: LIFE_MS,
    tag: { by: 'shop test' },
  };
  await control(shop, 'PUT', path, content);
  await control(shop, 'POST', `${path}/activate`);
  return { remove: async () => (await control(shop, 'DELETE', path, { remainingMs: LIFE_MS })) as RuleCounts };
}

async function control(shop: StartedShop, method: string, path: string, body?: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${shop.controlToken}`, 'content-type': 'application/json' };
  const sent = body ? { method, headers, body: JSON.stringify(body) } : { method, headers };
  const answer = await fetch(`${shop.urls['payment-control']}${path}`, sent);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as unknown;
}
