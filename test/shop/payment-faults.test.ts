import { startShop, type StartedShop } from '../harness/shop';
import { eventually } from './eventually';
import { startFault } from './fault-rule';
import { audit, placeOrder, readHealth } from './shop-client';

describe('while the payment gateway', () => {
  let shop: StartedShop;

  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.stop());

  it.each([
    ['closes the connection', { kind: 'drop' }],
    ['cuts its answers short', { kind: 'malformed', how: 'truncated' }],
    ['answers broken JSON', { kind: 'malformed', how: 'broken-json' }],
    ['answers another type', { kind: 'malformed', how: 'wrong-type' }],
    ['takes longer than the time-out', { kind: 'latency', delayMs: 900 }],
    ['raises an exception', { kind: 'error', status: 500, exception: true }],
  ])('%s, an order is queued and charged exactly once', async (title, effect) => {
    const fault = await startFault(shop, effect, 100);
    expect(await placeOrder(shop, title)).toBe(202);
    await fault.remove();
    await eventually('the queue is empty', async () => (await readHealth(shop)).queue.depth === 0);
    expect((await audit(shop, [title])).unaccounted).toBe(0);
  });

  it('takes one charge a second, the next one is told how long to wait', async () => {
    const fault = await startFault(shop, { kind: 'rate-limit', perSecond: 1 }, 100);
    const charges = [1, 2, 3].map((n) =>
      fetch(`${shop.urls.payment}/charge`, {
        method: 'POST',
        body: JSON.stringify({ orderId: `limited-${n}`, amount: 1 }),
      }),
    );
    const answers = await Promise.all(charges);
    await fault.remove();
    const limited = answers.filter((answer) => answer.status === 429);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited.map((answer) => answer.headers.get('retry-after'))).not.toContain(null);
  });
});
