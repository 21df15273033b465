import type { StartedShop } from '../harness/shop';

/** What checkout says about itself. */
export interface CheckoutHealth {
  breakers: { payment: 'closed' | 'open' | 'half-open' };
  queue: { depth: number };
  fallback: 'on' | 'off';
}

/** What the auditor found. */
export interface AuditAnswer {
  accepted: number;
  charged: number;
  chargedOnce: number;
  missing: number;
  duplicated: number;
  unaccounted: number;
  examples: { orderId: string; charges: number }[];
}

/** Sends a JSON body and resolves to status and decoded answer. */
export async function post(url: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

/** Places an order for the default basket and resolves to the status. */
export async function placeOrder(shop: StartedShop, orderId: string): Promise<number> {
  return (await post(`${shop.urls.checkout}/checkout`, { orderId })).status;
}

/** Reads checkout's own view of its breaker and its queue. */
export async function readHealth(shop: StartedShop): Promise<CheckoutHealth> {
  return (await (await fetch(`${shop.urls.checkout}/health`)).json()) as CheckoutHealth;
}

/** Has the auditor remember these orders and resolves to what it finds. */
export async function audit(shop: StartedShop, ids: readonly string[]): Promise<AuditAnswer> {
  await post(`${shop.urls.auditor}/accepted`, { ids });
  return (await (await fetch(`${shop.urls.auditor}/audit`)).json()) as AuditAnswer;
}
