import { startShop, type StartedShop } from '../harness/shop';
import { eventually } from './eventually';
import { startFault } from './fault-rule';
import { sendOrders } from './load';
import { audit, readHealth } from './shop-client';

const unavailable = { kind: 'error', status: 503 };

async function recovered(shop: StartedShop): Promise<boolean> {
  const health = await readHealth(shop);
  return health.queue.depth === 0 && health.breakers.payment === 'closed';
}

describe('when the payment gateway answers 503', () => {
  let shop: StartedShop | undefined;

  afterEach(() => shop?.stop());

  it('to 40 % of the calls, checkout accepts every order and charges each exactly once in the end', async () => {
    shop = await startShop();
    const fault = await startFault(shop, unavailable, 40);
    const during = await sendOrders(shop, { prefix: 'forty', perSecond: 40, seconds: 8 });
    const { hits, seen } = await fault.remove();
    expect(during.successRatio).toBe(1);
    expect(during.statuses).toContain(202);
    expect(seen).toBeGreaterThan(200);
    expect(hits / seen).toBeGreaterThan(0.3);
    expect(hits / seen).toBeLessThan(0.5);
    await eventually('breaker and queue have recovered', () => recovered(shop as StartedShop));
    expect(await audit(shop, during.acceptedIds)).toMatchObject({ accepted: 320, chargedOnce: 320, unaccounted: 0 });
  });

  it('to every call, the breaker opens, orders wait in the queue, and all are charged once it is over', async () => {
    shop = await startShop();
    const fault = await startFault(shop, unavailable, 100);
    const during = await sendOrders(shop, { prefix: 'all', perSecond: 40, seconds: 2 });
    expect(new Set(during.statuses)).toEqual(new Set([202]));
    expect((await readHealth(shop)).breakers.payment).not.toBe('closed');
    expect((await readHealth(shop)).queue.depth).toBe(80);
    expect(await audit(shop, during.acceptedIds)).toMatchObject({ charged: 0, missing: 80, unaccounted: 80 });
    await fault.remove();
    await eventually('breaker and queue have recovered', () => recovered(shop as StartedShop));
    expect(await audit(shop, during.acceptedIds)).toMatchObject({ chargedOnce: 80, unaccounted: 0 });
  });

  it('without the fallback, checkout refuses orders with 503', async () => {
    shop = await startShop({ env: { SHOP_FALLBACK: 'off' } });
    const fault = await startFault(shop, unavailable, 40);
    const during = await sendOrders(shop, { prefix: 'off', perSecond: 40, seconds: 4 });
    await fault.remove();
    expect(new Set(during.statuses)).toEqual(new Set([200, 503]));
    expect(during.successRatio).toBeLessThan(0.9);
    expect(await audit(shop, during.acceptedIds)).toMatchObject({ unaccounted: 0 });
  });

  it('with a queue that loses orders, the audit finds exactly those', async () => {
    shop = await startShop({ env: { SHOP_QUEUE_LOSES_ONE_IN: '20' } });
    const fault = await startFault(shop, unavailable, 100);
    const during = await sendOrders(shop, { prefix: 'lossy', perSecond: 40, seconds: 1 });
    await fault.remove();
    expect(during.successRatio).toBe(1);
    await eventually('breaker and queue have recovered', () => recovered(shop as StartedShop));
    expect(await audit(shop, during.acceptedIds)).toMatchObject({ chargedOnce: 38, missing: 2, duplicated: 0 });
  });
});
