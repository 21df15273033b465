import { configureFaults, faultyFetch, type Fetch } from '@gameday/sdk';
import { activated, type Controlled, controlled, countsOf } from './control-client';

let payment: Controlled;
const sent: Parameters<Fetch>[] = [];
const custom = { teapot: () => new Response('teapot', { status: 418 }), note: () => 'only a note' };

/** A far end that notes each call, and rejects an aborted one as the platform does. */
const farEnd: Fetch = async (...call) => {
  sent.push(call);
  call[1]?.signal?.throwIfAborted();
  return Response.json({ paid: true });
};
const send = faultyFetch('charge', farEnd, ([input]) => new Request(input).url);

beforeAll(async () => {
  payment = await controlled();
});
beforeEach(() => {
  sent.length = 0;
  configureFaults({ service: 'payment', points: ['charge'], custom });
});
afterAll(async () => {
  configureFaults({ service: 'payment', points: [] });
  await payment.control.close();
});

describe('a faulty fetch', () => {
  test('sends what it was given while nothing is active', async () => {
    const response = await send('http://gateway.test/charge', { method: 'POST' });
    expect(await response.json()).toEqual({ paid: true });
    expect(sent).toEqual([['http://gateway.test/charge', { method: 'POST' }]]);
  });

  test('uses the global fetch unless given another', async () => {
    const response = await faultyFetch('charge')(`${payment.control.url}/v1/health`);
    expect(response.status).toBe(401);
  });

  test('answers an injected status without sending', async () => {
    await activated(payment.ask, { effect: { kind: 'error', status: 503 } });
    const response = await send('http://gateway.test/');
    expect([response.status, sent.length]).toEqual([503, 0]);
  });

  test('rejects with an injected exception', async () => {
    await activated(payment.ask, { effect: { kind: 'error', status: 503, exception: true } });
    await expect(send('http://gateway.test/')).rejects.toMatchObject({ name: 'FaultError', status: 503 });
  });

  test('answers 429 with Retry-After above the rate', async () => {
    await activated(payment.ask, { effect: { kind: 'rate-limit', perSecond: 1 } });
    const [first, second] = [await send('http://gateway.test/'), await send('http://gateway.test/')];
    expect([first.status, second.status, second.headers.get('retry-after')]).toEqual([200, 429, '1']);
  });

  test('loses the connection the way the platform reports it', async () => {
    await activated(payment.ask, { effect: { kind: 'drop' } });
    await expect(send('http://gateway.test/')).rejects.toMatchObject({ name: 'TypeError', message: 'fetch failed' });
    expect(sent).toEqual([]);
  });

  test('delays and then sends', async () => {
    await activated(payment.ask, { effect: { kind: 'latency', delayMs: 5 } });
    expect(await (await send('http://gateway.test/')).json()).toEqual({ paid: true });
  });

  test.each([
    ['before it starts', 0],
    ['while it waits', 1],
  ])('does not delay a caller who gives up %s', async (when, hits) => {
    const id = await activated(payment.ask, { effect: { kind: 'latency', delayMs: 10_000 } });
    const controller = new AbortController();
    const giveUp = (): void => controller.abort(new Error('given up'));
    if (when === 'before it starts') giveUp();
    const waiting = send('http://gateway.test/', { signal: controller.signal });
    if (when === 'while it waits') giveUp();
    await expect(waiting).rejects.toThrow('given up');
    expect(await countsOf(payment.ask, id)).toEqual({ hits, seen: hits });
  });

  test('lets a delayed Request object be given up as well', async () => {
    await activated(payment.ask, { effect: { kind: 'latency', delayMs: 10_000 } });
    const waiting = faultyFetch('charge')(new Request(payment.control.url, { signal: AbortSignal.timeout(20) }));
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('spoils the body of a real answer', async () => {
    const id = await activated(payment.ask, { effect: { kind: 'malformed', how: 'truncated' } });
    await expect((await send('http://gateway.test/')).text()).rejects.toThrow('terminated');
    await payment.ask('DELETE', `/v1/rules/${id}`, { remainingMs: 1 });
    const other = await activated(payment.ask, { effect: { kind: 'malformed', how: 'broken-json' } });
    await expect((await send('http://gateway.test/')).json()).rejects.toMatchObject({ name: 'SyntaxError' });
    await payment.ask('DELETE', `/v1/rules/${other}`, { remainingMs: 1 });
    await activated(payment.ask, { effect: { kind: 'malformed', how: 'wrong-type' } });
    expect(await (await send('http://gateway.test/')).json()).toEqual([]);
  });

  test('answers what a custom effect made, if it is a response', async () => {
    const id = await activated(payment.ask, { effect: { kind: 'custom', name: 'teapot' } });
    expect((await send('http://gateway.test/')).status).toBe(418);
    await payment.ask('DELETE', `/v1/rules/${id}`, { remainingMs: 1 });
    await activated(payment.ask, { effect: { kind: 'custom', name: 'note' } });
    expect((await send('http://gateway.test/')).status).toBe(200);
  });

  test('takes a key function that throws for no key', async () => {
    await activated(payment.ask);
    const failing = faultyFetch('charge', farEnd, () => {
      throw new Error('no key');
    });
    expect((await failing('http://gateway.test/')).status).toBe(503);
  });
});
