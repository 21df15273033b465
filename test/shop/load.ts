import { setTimeout as wait } from 'node:timers/promises';
import type { StartedShop } from '../harness/shop';
import { placeOrder } from './shop-client';

/** What a load saw: every status in order of sending, and the ids of the orders that were answered 2xx. */
export interface LoadFigures {
  statuses: number[];
  acceptedIds: string[];
  successRatio: number;
}

/** Places orders at a constant rate, not waiting for answers, and resolves when all have been answered. */
export async function sendOrders(
  shop: StartedShop,
  load: { prefix: string; perSecond: number; seconds: number },
): Promise<LoadFigures> {
  const startedAtMs = performance.now();
  const ids = Array.from({ length: load.perSecond * load.seconds }, (_, n) => `${load.prefix}-${n}`);
  const answers = ids.map(async (id, n) => {
    await wait(Math.max(0, startedAtMs + (n * 1_000) / load.perSecond - performance.now()));
    return placeOrder(shop, id);
  });
  const statuses = await Promise.all(answers);
  const acceptedIds = ids.filter((_, n) => isAccepted(statuses[n]));
  return { statuses, acceptedIds, successRatio: acceptedIds.length / ids.length };
}

function isAccepted(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
