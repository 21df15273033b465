import { json, type Answer } from '../json-server';
import { chargeNow, type Patience } from './charge-now';
import type { Order } from './order';
import type { OrderQueue } from './order-queue';
import type { PaymentGateway } from './payment-gateway';

/** What placing an order needs. */
export interface Till {
  gateway: PaymentGateway;
  patience: Patience;
  queue: OrderQueue;
  /** Whether an order that cannot be charged now is queued; refused otherwise. */
  hasFallback: boolean;
  queueDelayMs: number;
}

/** Charges the order, or queues it to be charged later; an order answered 2xx is charged exactly once in the end. */
export async function placeOrder(till: Till, order: Order): Promise<Answer> {
  const { orderId, amount } = order;
  const { charged, attempts } = await chargeNow(order, till.gateway, till.patience);
  if (charged) return json(200, { orderId, amount, status: 'charged' });
  if (!till.hasFallback)
    return json(503, { orderId, error: 'Placing the order: payment does not answer; no fallback.' });
  till.queue.put({ ...order, attempts }, performance.now() + till.queueDelayMs);
  return json(202, { orderId, amount, status: 'queued' });
}
