import type { ItemSource } from './item-source';
import { withinLimit } from './time-limit';

/**
 * Reads everything once, so that the first customers find a warm cache. Waits for the cache and for the reads for so long
 * each; what is not warm by then becomes so with the first customer who asks.
 */
export async function warmUp(items: ItemSource, connected: Promise<void>, limitMs: number): Promise<void> {
  await withinLimit('Connecting the cache', connected, limitMs).catch(() => undefined);
  await withinLimit('Warming the cache', readAll(items), limitMs).catch(() => undefined);
}

async function readAll(items: ItemSource): Promise<void> {
  for (const { sku } of await items.all()) await items.one(sku);
}
