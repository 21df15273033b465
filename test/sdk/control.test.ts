import { configureFaults, startControl } from '@gameday/sdk';
import { aRuleBody, aRuleId, activated, type Controlled, controlled, token } from './control-client';

let payment: Controlled;
beforeEach(async () => {
  payment = await controlled({ bounds: { delayMaxMs: 500, percentMax: 50, concurrentMax: 10 } });
});
afterEach(async () => {
  configureFaults({ service: 'payment', points: [] });
  await payment.control.close();
});
const small = (changes: Record<string, unknown> = {}): Record<string, unknown> =>
  aRuleBody({ percent: 50, ...changes });

describe('the control', () => {
  test('says who it is and what it allows', async () => {
    expect(await payment.ask('GET', '/v1/health')).toEqual({
      status: 200,
      body: {
        service: 'payment',
        protocol: 1,
        disabled: false,
        points: ['charge', 'refund'],
        bounds: { delayMaxMs: 500, percentMax: 50, concurrentMax: 10 },
      },
    });
  });

  test.each([
    ['no header', undefined],
    ['another token', 'Bearer something-else'],
    ['another scheme', `Basic ${token}`],
    ['the token without a scheme', token],
    ['a part of the token', `Bearer ${token.slice(0, -1)}`],
  ])('answers 401 to %s, on every path, and never shows the token', async (_name, authorization) => {
    for (const path of ['/v1/health', '/v1/rules', '/nowhere']) {
      const response = await fetch(payment.control.url + path, authorization ? { headers: { authorization } } : {});
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain(token);
    }
  });

  test('refuses to start with an empty token or on a taken port', async () => {
    await expect(startControl({ token: ' ' })).rejects.toThrow(/token is empty/);
    await expect(startControl({ token, port: payment.control.port })).rejects.toThrow(/cannot listen on 127\.0\.0\.1/);
  });

  test('arms, shows, activates, renews and removes a rule', async () => {
    const id = aRuleId();
    const path = `/v1/rules/${id}`;
    const armed = await payment.ask('PUT', path, small());
    expect(armed).toMatchObject({
      status: 201,
      body: { id, effect: { kind: 'error', status: 503 }, percent: 50, state: 'armed', hits: 0, seen: 0 },
    });
    expect(await payment.ask('GET', path)).toMatchObject({
      status: 200,
      body: { state: 'armed', tag: { owner: 'a' } },
    });
    expect(await payment.ask('POST', `${path}/activate`)).toMatchObject({ status: 200, body: { state: 'active' } });
    expect(await payment.ask('POST', `${path}/renew`, { leaseMs: 5_000 })).toMatchObject({ status: 200 });
    expect(await payment.ask('GET', '/v1/rules')).toMatchObject({ body: { rules: [{ state: 'active' }] } });
    const removal = await payment.ask('DELETE', path, { remainingMs: 60_000 });
    expect(removal).toEqual({ status: 200, body: { found: 'active', hits: 0, seen: 0 } });
    expect(await payment.ask('GET', path)).toMatchObject({ status: 404 });
    expect(await payment.ask('GET', '/v1/rules')).toEqual({ status: 200, body: { rules: [] } });
  });

  test('answers the same twice: put, activate, remove', async () => {
    const path = `/v1/rules/${aRuleId()}`;
    expect(await payment.ask('PUT', path, small())).toMatchObject({ status: 201 });
    expect(await payment.ask('PUT', path, small({ leaseMs: 1_000 }))).toMatchObject({ status: 200 });
    await payment.ask('POST', `${path}/activate`);
    expect(await payment.ask('POST', `${path}/activate`)).toMatchObject({ status: 200, body: { state: 'active' } });
    expect(await payment.ask('PUT', path, small())).toMatchObject({ status: 200, body: { state: 'active' } });
    await payment.ask('DELETE', path, { remainingMs: 60_000 });
    const again = await payment.ask('DELETE', path, { remainingMs: 60_000 });
    expect(again).toEqual({ status: 200, body: { found: 'absent', hits: 0, seen: 0 } });
  });

  test('names the holder when a point or an id is taken', async () => {
    const id = aRuleId();
    await payment.ask('PUT', `/v1/rules/${id}`, small());
    const onPoint = await payment.ask('PUT', `/v1/rules/${aRuleId()}`, small({ tag: { owner: 'b' } }));
    expect(onPoint).toMatchObject({ status: 409, body: { holder: { owner: 'a' } } });
    for (const change of [{ percent: 10 }, { tag: {} }, { effect: { kind: 'drop' } }, { point: 'refund' }]) {
      expect(await payment.ask('PUT', `/v1/rules/${id}`, small(change))).toMatchObject({ status: 409 });
    }
  });

  test('lets two rules stand side by side on two points', async () => {
    await activated(payment.ask, { percent: 50 });
    await activated(payment.ask, { percent: 50, point: 'refund' });
    const { body } = await payment.ask('GET', '/v1/rules');
    expect(body.rules).toHaveLength(2);
  });

  test('refuses whatever comes late to a removed id, also when nothing had been there', async () => {
    for (const wasThere of [true, false]) {
      const path = `/v1/rules/${aRuleId()}`;
      if (wasThere) await payment.ask('PUT', path, small());
      await payment.ask('DELETE', path, { remainingMs: 60_000 });
      expect(await payment.ask('PUT', path, small())).toMatchObject({ status: 410 });
      expect(await payment.ask('POST', `${path}/activate`)).toMatchObject({ status: 410 });
      expect(await payment.ask('POST', `${path}/renew`, { leaseMs: 1_000 })).toMatchObject({ status: 410 });
    }
    const { body } = await payment.ask('GET', '/v1/tombstones');
    expect(body.tombstones).toContainEqual(expect.objectContaining({ reason: 'removed', hits: 0, seen: 0 }));
  });

  test('never creates by activating or renewing', async () => {
    const path = `/v1/rules/${aRuleId()}`;
    expect(await payment.ask('POST', `${path}/activate`)).toMatchObject({ status: 404 });
    expect(await payment.ask('POST', `${path}/renew`, { leaseMs: 1_000 })).toMatchObject({ status: 404 });
    expect(await payment.ask('GET', '/v1/rules')).toEqual({ status: 200, body: { rules: [] } });
  });

  test('removes even when the body of the removal is useless', async () => {
    for (const body of [undefined, {}, { remainingMs: -5 }, { remainingMs: 'soon' }, []]) {
      const id = await activated(payment.ask, { percent: 50 });
      expect(await payment.ask('DELETE', `/v1/rules/${id}`, body)).toMatchObject({
        status: 200,
        body: { found: 'active' },
      });
      expect(await payment.ask('PUT', `/v1/rules/${id}`, small())).toMatchObject({ status: 410 });
    }
  });

  test('refuses a point that is not on the allow-list', async () => {
    const answer = await payment.ask('PUT', `/v1/rules/${aRuleId()}`, small({ point: 'toString' }));
    expect(answer).toMatchObject({ status: 403, body: { error: expect.stringContaining('"toString"') } });
  });

  const outOfBounds: [string, Record<string, unknown>, RegExp][] = [
    ['too much percent', { percent: 51 }, /percent must be .* 50 \(percentMax\), found 51/],
    ['no percent', { percent: 0 }, /percent must be .* found 0/],
    [
      'too long a delay',
      { effect: { kind: 'latency', delayMs: 501 } },
      /effect\.delayMs .* 500 \(delayMaxMs\), found 501/,
    ],
    ['too much jitter', { effect: { kind: 'latency', delayMs: 400, jitterMs: 101 } }, /effect\.jitterMs .* found 101/],
    ['a negative delay', { effect: { kind: 'latency', delayMs: -1 } }, /effect\.delayMs .* found -1/],
    ['a harmless status', { effect: { kind: 'error', status: 200 } }, /effect\.status .* found 200/],
    ['a status that is text', { effect: { kind: 'error', status: '503' } }, /effect\.status .* found "503"/],
    ['an unknown kind', { effect: { kind: 'explode' } }, /effect\.kind must be one of latency, .* found "explode"/],
    ['a kind from the prototype', { effect: { kind: 'constructor' } }, /effect\.kind must be one of/],
    ['an unknown key', { surprise: 1 }, /unknown key "surprise"/],
    ['an unknown key of the effect', { effect: { kind: 'drop', often: true } }, /unknown key "effect\.often"/],
    ['an unknown malformation', { effect: { kind: 'malformed', how: 'x' } }, /effect\.how must be one of/],
    ['a fraction per second', { effect: { kind: 'rate-limit', perSecond: 0.5 } }, /effect\.perSecond .* whole/],
    ['an unknown custom effect', { effect: { kind: 'custom', name: 'toString' } }, /\(none\), found "toString"/],
    ['no lease', { leaseMs: 0 }, /leaseMs .* found 0/],
    ['a lease above the limit', { leaseMs: 3_600_001 }, /leaseMaxMs/],
    ['no life left', { remainingMs: 0 }, /remainingMs .* found 0/],
    ['no tag', { tag: undefined }, /tag must be an object, found nothing/],
    ['a tag of numbers', { tag: { owner: 1 } }, /tag\.owner must be a string/],
  ];
  test.each(outOfBounds)('answers 422 to %s, with the bound and the value', async (_name, change, words) => {
    const path = `/v1/rules/${aRuleId()}`;
    const answer = await payment.ask('PUT', path, small(change));
    expect(answer).toMatchObject({ status: 422, body: { error: expect.stringMatching(words) } });
    expect(await payment.ask('GET', path)).toMatchObject({ status: 404 });
  });

  test('answers 404 and 405 to what it does not know', async () => {
    for (const id of ['UPPER', 'a_b', 'x'.repeat(41), '..', '%2e']) {
      expect(await payment.ask('PUT', `/v1/rules/${id}`, small())).toMatchObject({ status: 404 });
    }
    expect(await payment.ask('PATCH', '/v1/rules/a', {})).toMatchObject({ status: 405 });
  });

  test('keeps odd names in a tag as data', async () => {
    const id = aRuleId();
    const body = JSON.stringify(small()).replace('"owner"', '"__proto__"');
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${payment.control.url}/v1/rules/${id}`, { method: 'PUT', headers, body });
    expect(response.status).toBe(201);
    expect(await response.text()).toContain('"tag":{"__proto__":"a"}');
  });
});
