/** An order with its price; `amount` is in cents. */
export interface Order {
  orderId: string;
  amount: number;
}

/** An order that waits to be charged; `attempts` counts the charges that were tried before it was queued. */
export interface QueuedOrder extends Order {
  attempts: number;
}
