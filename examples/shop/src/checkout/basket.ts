import { field } from '../field';
import type { Prices } from './price-list';

/** One line of a basket. */
export interface BasketLine {
  sku: string;
  quantity: number;
}

const DEFAULT_BASKET: BasketLine[] = [{ sku: 'espresso-beans', quantity: 1 }];

/** Reads the basket of an order, a default one where the order names none; `undefined` when it cannot be read. */
export function readBasket(items: unknown): BasketLine[] | undefined {
  if (items === undefined) return DEFAULT_BASKET;
  if (!Array.isArray(items) || items.length === 0) return undefined;
  const lines = items.map((item): [unknown, unknown] => [field(item, 'sku'), field(item, 'quantity') ?? 1]);
  const readable = lines.filter((line): line is [string, number] => typeof line[0] === 'string' && isQuantity(line[1]));
  return readable.length === lines.length ? readable.map(([sku, quantity]) => ({ sku, quantity })) : undefined;
}

/** Adds up a basket in cents; `undefined` when it holds something that the shop does not sell. */
export function totalOf(basket: readonly BasketLine[], prices: Prices): number | undefined {
  let total = 0;
  for (const { sku, quantity } of basket) {
    const price = prices.get(sku);
    if (price === undefined) return undefined;
    total += price * quantity;
  }
  return total;
}

function isQuantity(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= 1_000;
}
