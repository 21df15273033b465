import type { QueuedOrder } from './order';
import type { OrderQueue } from './order-queue';
import type { PaymentGateway } from './payment-gateway';

/** How the worker goes about it; it asks the queue for work every `everyMs`. */
export interface WorkerRhythm {
  everyMs: number;
  ordersAtOnceMax: number;
  timeoutMs: number;
  backOffMinMs: number;
  backOffMaxMs: number;
}

/**
 * Charges the orders of the queue, each for as long as it takes. It goes through checkout's own breaker, so that a broken
 * gateway is left in peace, and so that a breaker that opened closes again without a customer's help.
 */
export class QueueWorker {
  private busy = 0;

  constructor(
    private readonly queue: OrderQueue,
    private readonly gateway: PaymentGateway,
    private readonly rhythm: WorkerRhythm,
  ) {}

  /** Works until the process ends. */
  start(): void {
    setInterval(() => this.takeOrders(), this.rhythm.everyMs);
  }

  private takeOrders(): void {
    while (this.busy < this.rhythm.ordersAtOnceMax && this.gateway.breaker.current() !== 'open') {
      const order = this.queue.take(performance.now());
      if (!order) return;
      this.busy += 1;
      void this.deliver(order).finally(() => (this.busy -= 1));
    }
  }

  private async deliver(order: QueuedOrder): Promise<void> {
    const attempt = order.attempts + 1;
    const ended = await this.gateway.charge(order, attempt, this.rhythm.timeoutMs);
    if (ended === 'charged') return this.queue.done(order.orderId);
    const attempts = ended === 'failed' ? attempt : order.attempts;
    this.queue.giveBack({ ...order, attempts }, performance.now() + this.backOffMs(attempts));
  }

  /** Doubles with every failed attempt up to the maximum; half of it is random, so that orders spread out. */
  private backOffMs(attempts: number): number {
    const { backOffMinMs, backOffMaxMs } = this.rhythm;
    return (Math.min(backOffMaxMs, backOffMinMs * 2 ** Math.min(attempts, 16)) * (1 + Math.random())) / 2;
  }
}
