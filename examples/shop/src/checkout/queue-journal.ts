import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { QueuedOrder } from './order';

type Entry = { put: QueuedOrder } | { done: string };

/** The order queue's file: one line of JSON per order put in and per order done. */
export class QueueJournal {
  constructor(private readonly file: string) {}

  /** Reads the orders that were put in and are not done, oldest first; leaves out an unfinished last line. */
  readPending(): QueuedOrder[] {
    const pending = new Map<string, QueuedOrder>();
    if (!existsSync(this.file)) return [];
    for (const line of readFileSync(this.file, 'utf8').split('\n').slice(0, -1)) {
      const entry = JSON.parse(line) as Entry;
      if ('put' in entry) pending.set(entry.put.orderId, entry.put);
      else pending.delete(entry.done);
    }
    return [...pending.values()];
  }

  /** Starts the file again with these orders alone, so that it does not grow for ever. */
  rewrite(pending: readonly QueuedOrder[]): void {
    writeFileSync(this.file, pending.map((order) => `${JSON.stringify({ put: order })}\n`).join(''));
  }

  /** Notes an order; in the file when it returns. */
  put(order: QueuedOrder): void {
    this.append({ put: order });
  }

  /** Notes that an order is done; in the file when it returns. */
  done(orderId: string): void {
    this.append({ done: orderId });
  }

  private append(entry: Entry): void {
    appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
  }
}
