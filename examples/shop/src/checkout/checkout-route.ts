import { field, orderIdIn } from '../field';
import { json, type Answer, type JsonRequest } from '../json-server';
import { readBasket, totalOf } from './basket';
import type { Order } from './order';
import { placeOrder, type Till } from './place-order';
import type { PriceList } from './price-list';

/** Answers `POST /checkout {orderId, items?}`: 200 charged, 202 queued, 400 unreadable order, 503 cannot be taken now. */
export async function checkoutRoute(till: Till, prices: PriceList, request: JsonRequest): Promise<Answer> {
  const order = await priceOrder(prices, request.body);
  return 'status' in order ? order : placeOrder(till, order);
}

async function priceOrder(prices: PriceList, body: unknown): Promise<Order | Answer> {
  const orderId = orderIdIn(body);
  const basket = readBasket(field(body, 'items'));
  if (!orderId || !basket) {
    return json(400, { error: 'Placing an order: expected {orderId: text, items?: [{sku, quantity?}, …]}.' });
  }
  const known = await prices.current();
  if (!known) return json(503, { error: 'Placing an order: no price is known and the catalogue does not answer.' });
  const amount = totalOf(basket, known);
  return amount === undefined
    ? json(400, { error: 'Placing an order: it names an unknown sku.' })
    : { orderId, amount };
}
