import { configureFaults, faultyConsumer } from '@gameday/sdk';
import { activated, type Controlled, controlled, countsOf } from './control-client';

interface Order {
  id: string;
}

let payment: Controlled;
const handled: string[] = [];
const consume = faultyConsumer(
  'charge',
  (order: Order, attempt: number) => {
    handled.push(`${order.id}:${attempt}`);
    return 'handled';
  },
  (order) => order.id,
);

beforeAll(async () => {
  payment = await controlled();
});
beforeEach(() => {
  handled.length = 0;
  configureFaults({ service: 'payment', points: ['charge'] });
});
afterAll(async () => {
  configureFaults({ service: 'payment', points: [] });
  await payment.control.close();
});

describe('a faulty consumer', () => {
  test('hands everything on while nothing is active', async () => {
    expect(await consume({ id: 'a' }, 2)).toBe('handled');
    expect(handled).toEqual(['a:2']);
  });

  test('waits first under latency', async () => {
    await activated(payment.ask, { effect: { kind: 'latency', delayMs: 5 } });
    expect(await consume({ id: 'a' }, 1)).toBe('handled');
  });

  test.each([
    [{ kind: 'error', status: 503 }, 503],
    [{ kind: 'error', status: 500, exception: true }, 500],
    [{ kind: 'rate-limit', perSecond: 0 }, 429],
    [{ kind: 'malformed', how: 'truncated' }, 400],
  ])('throws under %j, so that the queue delivers again', async (effect, status) => {
    const id = await activated(payment.ask, { effect });
    await expect(consume({ id: 'a' }, 1)).rejects.toMatchObject({ name: 'FaultError', status });
    expect(handled).toEqual([]);
    expect(await countsOf(payment.ask, id)).toEqual({ hits: 1, seen: 1 });
  });

  test('loses the message under drop, as if it were handled', async () => {
    await activated(payment.ask, { effect: { kind: 'drop' } });
    expect(await consume({ id: 'a' }, 1)).toBeUndefined();
    expect(handled).toEqual([]);
  });

  test('keeps one message consistently in or out', async () => {
    await activated(payment.ask, { effect: { kind: 'drop' }, percent: 50 });
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const answers = new Set([await consume({ id }, 1), await consume({ id }, 2), await consume({ id }, 3)]);
      expect(answers.size).toBe(1);
    }
    expect(handled.length).toBeGreaterThan(0);
    expect(handled.length).toBeLessThan(24);
  });
});
