import { startShop, type StartedShop } from '../harness/shop';
import { audit, placeOrder, post } from './shop-client';

describe('checkout', () => {
  let shop: StartedShop;

  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.stop());

  it('charges the price of the basket at once', async () => {
    const items = [{ sku: 'milk-jug', quantity: 2 }, { sku: 'filter-papers' }];
    const answer = await post(`${shop.urls.checkout}/checkout`, { orderId: 'basket', items });
    expect(answer).toEqual({ status: 200, body: { orderId: 'basket', amount: 3_750, status: 'charged' } });
  });

  it('charges an order once however often it is placed, also at the same time', async () => {
    const statuses = await Promise.all([1, 2, 3, 4].map(() => placeOrder(shop, 'again-and-again')));
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect(await placeOrder(shop, 'again-and-again')).toBe(200);
    expect(await audit(shop, ['again-and-again'])).toMatchObject({ chargedOnce: 1, unaccounted: 0 });
  });

  it.each([
    ['no order id', { items: [{ sku: 'milk-jug' }] }],
    ['an unknown sku', { orderId: 'boat', items: [{ sku: 'boat' }] }],
    ['an unreadable basket', { orderId: 'text', items: 'milk-jug' }],
  ])('refuses an order with %s', async (_, order) => {
    expect((await post(`${shop.urls.checkout}/checkout`, order)).status).toBe(400);
  });

  it('answers 400 to what is no JSON and 404 to a path that it does not know', async () => {
    const unreadable = await fetch(`${shop.urls.checkout}/checkout`, { method: 'POST', body: '{"orderId":' });
    const unknown = await fetch(`${shop.urls.checkout}/basket`);
    expect([unreadable.status, unknown.status]).toEqual([400, 404]);
  });

  it('counts an order that was never placed as missing', async () => {
    expect((await audit(shop, ['never-placed'])).examples).toContainEqual({ orderId: 'never-placed', charges: 0 });
  });
});
