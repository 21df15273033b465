import { configureFaults, FaultError, faultPoint, type FaultEvent } from '@gameday/sdk';
import { aRuleBody, aRuleId, activated, type Controlled, controlled, countsOf } from './control-client';

let it1: Controlled;
const events: FaultEvent[] = [];
const neverEnding = new Promise<never>(() => undefined);

beforeAll(async () => {
  it1 = await controlled({
    onEffect: (event) => {
      events.push(event);
      throw new Error('a hook that fails');
    },
    custom: {
      greet: (rule, attributes) => `${rule.effect.kind} ${attributes?.key ?? ''}`,
      fail: () => {
        throw new Error('a custom effect that fails');
      },
      hang: () => neverEnding,
    },
    bounds: { delayMaxMs: 10_000, concurrentMax: 3 },
  });
});
afterEach(async () => {
  const { body } = await it1.ask('GET', '/v1/rules');
  const rules = Array.isArray(body.rules) ? body.rules : [];
  for (const { id } of rules) await it1.ask('DELETE', `/v1/rules/${id}`, { remainingMs: 1 });
  events.length = 0;
});
afterAll(async () => {
  configureFaults({ service: 'payment', points: [] });
  await it1.control.close();
});

describe('a fault point', () => {
  test('answers undefined at once while nothing is armed', () => {
    expect(faultPoint('charge')).toBeUndefined();
    expect(faultPoint('never heard of', { key: 'a' })).toBeUndefined();
  });

  test('answers undefined while a rule is only armed, and counts nothing', async () => {
    const id = aRuleId();
    await it1.ask('PUT', `/v1/rules/${id}`, aRuleBody());
    expect(faultPoint('charge')).toBeUndefined();
    expect(await countsOf(it1.ask, id)).toEqual({ hits: 0, seen: 0 });
  });

  test('leaves every other point alone while one rule is active', async () => {
    await activated(it1.ask);
    expect(faultPoint('refund')).toBeUndefined();
  });

  const outcomes: [Record<string, unknown>, unknown][] = [
    [
      { kind: 'error', status: 503 },
      { effect: 'error', status: 503, message: 'injected error 503', exception: false },
    ],
    [
      { kind: 'error', status: 418, message: 'no coffee' },
      { effect: 'error', status: 418, message: 'no coffee', exception: false },
    ],
    [{ kind: 'drop' }, { effect: 'drop' }],
    [
      { kind: 'malformed', how: 'truncated' },
      { effect: 'malformed', how: 'truncated' },
    ],
    [
      { kind: 'rate-limit', perSecond: 0 },
      { effect: 'rate-limit', status: 429, retryAfterSeconds: 1 },
    ],
    [
      { kind: 'custom', name: 'greet', value: 7 },
      { effect: 'custom', name: 'greet', value: 'custom order-1' },
    ],
  ];
  test.each(outcomes)('tells the caller what to do for %j', async (effect, outcome) => {
    const id = await activated(it1.ask, { effect });
    expect(await faultPoint('charge', { key: 'order-1' })).toEqual(outcome);
    expect(await countsOf(it1.ask, id)).toEqual({ hits: 1, seen: 1 });
    expect(events).toEqual([
      { point: 'charge', ruleId: id, effect, tag: { owner: 'a' }, attributes: { key: 'order-1' } },
    ]);
  });

  test('rejects with a FaultError when the rule asks for an exception', async () => {
    await activated(it1.ask, { effect: { kind: 'error', status: 500, exception: true, message: 'boom' } });
    await expect(faultPoint('charge')).rejects.toMatchObject({ name: 'FaultError', status: 500, message: 'boom' });
    await expect(faultPoint('charge')).rejects.toBeInstanceOf(FaultError);
  });

  test('does not bring down a caller who ignores the promise of an exception', async () => {
    const unhandled: unknown[] = [];
    const note = (problem: unknown): void => void unhandled.push(problem);
    process.on('unhandledRejection', note);
    await activated(it1.ask, { effect: { kind: 'error', status: 500, exception: true } });
    faultPoint('charge')
      ?.finally(() => undefined)
      .catch(() => undefined);
    expect(faultPoint('charge')).toBeInstanceOf(Promise);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  test('delays for the milliseconds asked for', async () => {
    await activated(it1.ask, { effect: { kind: 'latency', delayMs: 60, jitterMs: 20 } });
    const outcome = await faultPoint('charge');
    expect(outcome).toMatchObject({ effect: 'latency' });
    const delayedMs = outcome?.effect === 'latency' ? outcome.delayedMs : 0;
    expect(delayedMs).toBeGreaterThanOrEqual(39);
  });

  test('ends a delay early when its rule is removed', async () => {
    const id = await activated(it1.ask, { effect: { kind: 'latency', delayMs: 10_000 } });
    const waiting = faultPoint('charge');
    await it1.ask('DELETE', `/v1/rules/${id}`, { remainingMs: 1_000 });
    const outcome = await waiting;
    expect(outcome).toMatchObject({ effect: 'latency' });
    expect(outcome?.effect === 'latency' ? outcome.delayedMs : Infinity).toBeLessThan(10_000);
  });

  test('lets rate-limited calls through up to the limit and counts only those above it', async () => {
    const id = await activated(it1.ask, { effect: { kind: 'rate-limit', perSecond: 2 } });
    const met = [faultPoint('charge'), faultPoint('charge'), faultPoint('charge')].map((fault) => fault !== undefined);
    expect(met).toEqual([false, false, true]);
    expect(await countsOf(it1.ask, id)).toEqual({ hits: 1, seen: 3 });
  });

  test('applies no more effects at a time than allowed, and counts none beyond', async () => {
    const id = await activated(it1.ask, { effect: { kind: 'latency', delayMs: 10_000 } });
    const met = [1, 2, 3, 4, 5].map(() => faultPoint('charge'));
    expect(met.map((fault) => fault !== undefined)).toEqual([true, true, true, false, false]);
    expect(await countsOf(it1.ask, id)).toEqual({ hits: 3, seen: 5 });
    await it1.ask('DELETE', `/v1/rules/${id}`, { remainingMs: 1 });
    await Promise.all(met.map((fault) => Promise.resolve(fault)));
    await activated(it1.ask, { effect: { kind: 'latency', delayMs: 0 } });
    expect(await faultPoint('charge')).toMatchObject({ effect: 'latency' });
  });

  test('lets the call go on, uncounted, when a custom effect fails', async () => {
    const id = await activated(it1.ask, { effect: { kind: 'custom', name: 'fail' } });
    expect(await faultPoint('charge')).toMatchObject({ effect: 'latency' });
    expect(await countsOf(it1.ask, id)).toEqual({ hits: 0, seen: 1 });
  });

  test('lets the call go on, uncounted, when the rule is removed under a custom effect that hangs', async () => {
    const id = await activated(it1.ask, { effect: { kind: 'custom', name: 'hang' } });
    const waiting = faultPoint('charge');
    const { body } = await it1.ask('DELETE', `/v1/rules/${id}`, { remainingMs: 1 });
    expect(await waiting).toMatchObject({ effect: 'latency' });
    expect(body).toEqual({ found: 'active', hits: 0, seen: 1 });
  });

  test('never throws, whatever attributes it is given', async () => {
    const id = await activated(it1.ask);
    const throwing = Object.defineProperty({}, 'key', {
      get: () => {
        throw new Error('a getter that fails');
      },
    });
    const odd: unknown[] = [null, 7, 'text', Symbol('s'), { key: { deep: true } }, { key: 3n }, throwing];
    for (const attributes of odd)
      expect(() => Reflect.apply(faultPoint, undefined, ['charge', attributes])).not.toThrow();
    for (const point of [undefined, null, {}, Symbol('p')]) {
      expect(Reflect.apply(faultPoint, undefined, [point])).toBeUndefined();
    }
    expect(await countsOf(it1.ask, id)).toEqual({ hits: odd.length - 1, seen: odd.length });
  });
});

describe('sampling', () => {
  test('takes one request key consistently in or out', async () => {
    await activated(it1.ask, { percent: 40 });
    for (let i = 0; i < 200; i += 1) {
      const met = [1, 2, 3, 4, 5].map(() => faultPoint('charge', { key: `order-${i}` }) !== undefined);
      expect(new Set(met).size).toBe(1);
    }
  });

  test.each([
    ['sequential numbers', (i: number) => `${i}`],
    ['prefixed numbers', (i: number) => `order-${i}`],
    ['long, nearly equal keys', (i: number) => `${'x'.repeat(60)}${i}`],
    ['no key at all', () => undefined],
  ])('meets the share asked for with %s', async (_name, keyOf) => {
    const id = await activated(it1.ask, { percent: 40 });
    for (let i = 0; i < 20_000; i += 1) void faultPoint('charge', { key: keyOf(i) });
    const { hits, seen } = await countsOf(it1.ask, id);
    expect(seen).toBe(20_000);
    expect(Math.abs(Number(hits) / 20_000 - 0.4)).toBeLessThan(0.02);
  });

  test('chooses other requests under another rule', async () => {
    const chosenNow = (): string =>
      Array.from({ length: 200 }, (_, i) => (faultPoint('charge', { key: `${i}` }) ? 1 : 0)).join('');
    const first = await activated(it1.ask, { percent: 50 });
    const chosen = chosenNow();
    await it1.ask('DELETE', `/v1/rules/${first}`, { remainingMs: 1 });
    await activated(it1.ask, { percent: 50 });
    expect(chosenNow()).not.toBe(chosen);
  });
});
