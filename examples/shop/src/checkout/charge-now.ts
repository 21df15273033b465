import { setTimeout as wait } from 'node:timers/promises';
import type { Order } from './order';
import type { PaymentGateway } from './payment-gateway';

/** How patient checkout is while a customer waits. */
export interface Patience {
  attemptsMax: number;
  timeoutMs: number;
  /** Before trying again: a random time between half of this and all of it, so that retries do not arrive together. */
  pauseMs: number;
}

/** Charges an order while the customer waits; resolves to whether it worked and how many calls were made. */
export async function chargeNow(
  order: Order,
  gateway: PaymentGateway,
  patience: Patience,
): Promise<{ charged: boolean; attempts: number }> {
  for (let attempt = 1; attempt <= patience.attemptsMax; attempt++) {
    if (attempt > 1) await wait((patience.pauseMs * (1 + Math.random())) / 2);
    const ended = await gateway.charge(order, attempt, patience.timeoutMs);
    if (ended === 'charged') return { charged: true, attempts: attempt };
    if (ended === 'refused') return { charged: false, attempts: attempt - 1 };
  }
  return { charged: false, attempts: patience.attemptsMax };
}
