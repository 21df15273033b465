import type { QueuedOrder } from './order';
import { QueueJournal } from './queue-journal';

interface Waiting {
  order: QueuedOrder;
  readyAtMs: number;
  isTaken: boolean;
}

/** Orders waiting to be charged. They survive a restart: an order is in the file before `put` returns. */
export class OrderQueue {
  private readonly waiting = new Map<string, Waiting>();
  private readonly journal: QueueJournal;

  /** `losesNext` is asked once per order that is put in; an order it answers for is forgotten without a trace. */
  constructor(
    file: string,
    private readonly losesNext: () => boolean = () => false,
  ) {
    this.journal = new QueueJournal(file);
    const pending = this.journal.readPending();
    this.journal.rewrite(pending);
    for (const order of pending) this.wait(order, 0);
  }

  /** How many orders are put in and not done. */
  get depth(): number {
    return this.waiting.size;
  }

  /** Takes an order in, once: an order that is already waiting stays as it is. */
  put(order: QueuedOrder, readyAtMs: number): void {
    if (this.waiting.has(order.orderId) || this.losesNext()) return;
    this.journal.put(order);
    this.wait(order, readyAtMs);
  }

  /** Hands out the oldest order that is ready and not handed out yet. */
  take(nowMs: number): QueuedOrder | undefined {
    for (const entry of this.waiting.values()) {
      if (entry.isTaken || entry.readyAtMs > nowMs) continue;
      entry.isTaken = true;
      return entry.order;
    }
    return undefined;
  }

  /** Gives a taken order back, to be handed out again from that instant on. */
  giveBack(order: QueuedOrder, readyAtMs: number): void {
    this.wait(order, readyAtMs);
  }

  /** Removes an order that has been charged. */
  done(orderId: string): void {
    this.waiting.delete(orderId);
    if (this.waiting.size === 0) this.journal.rewrite([]);
    else this.journal.done(orderId);
  }

  private wait(order: QueuedOrder, readyAtMs: number): void {
    this.waiting.set(order.orderId, { order, readyAtMs, isTaken: false });
  }
}
