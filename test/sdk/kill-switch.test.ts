import { configureFaults, faultPoint, killFaults, reviveFaults } from '@gameday/sdk';
import { aRuleBody, aRuleId, activated, type Controlled, controlled } from './control-client';

let payment: Controlled;
beforeEach(async () => {
  payment = await controlled();
});
afterEach(async () => {
  reviveFaults();
  delete process.env.GAMEDAY_SDK_DISABLED;
  configureFaults({ service: 'payment', points: [] });
  await payment.control.close();
});

/** Puts a rule and activates one that is already there; what the control says to either. */
async function statuses(armedId: string): Promise<number[]> {
  const put = await payment.ask('PUT', `/v1/rules/${aRuleId()}`, aRuleBody({ point: 'refund' }));
  const activate = await payment.ask('POST', `/v1/rules/${armedId}/activate`);
  const renew = await payment.ask('POST', `/v1/rules/${armedId}/renew`, { leaseMs: 1_000 });
  return [put.status, activate.status, renew.status];
}

describe('the kill switch', () => {
  test('by call ends everything at once, early ends of delays included, and refuses new rules', async () => {
    const id = await activated(payment.ask, { effect: { kind: 'latency', delayMs: 10_000 } });
    const waiting = faultPoint('charge');
    killFaults();
    expect(faultPoint('charge')).toBeUndefined();
    expect(await waiting).toMatchObject({ effect: 'latency' });
    expect(await statuses(id)).toEqual([503, 503, 503]);
    expect(await payment.ask('GET', '/v1/health')).toMatchObject({ status: 200, body: { disabled: true } });
  });

  test('by call leaves the counts readable', async () => {
    const id = await activated(payment.ask);
    await faultPoint('charge');
    killFaults();
    const removal = await payment.ask('DELETE', `/v1/rules/${id}`, { remainingMs: 1_000 });
    expect(removal).toEqual({ status: 200, body: { found: 'absent', hits: 1, seen: 1 } });
  });

  test('allows new rules after a revival, and brings no old one back', async () => {
    const id = await activated(payment.ask);
    killFaults();
    reviveFaults();
    expect(faultPoint('charge')).toBeUndefined();
    expect(await payment.ask('PUT', `/v1/rules/${id}`, aRuleBody())).toMatchObject({ status: 410 });
    await activated(payment.ask);
    expect(faultPoint('charge')).toBeDefined();
  });

  test.each(['1', 'true', 'yes'])('by the variable %j refuses everything that could arm', async (value) => {
    const id = aRuleId();
    await payment.ask('PUT', `/v1/rules/${id}`, aRuleBody());
    process.env.GAMEDAY_SDK_DISABLED = value;
    expect(await statuses(id)).toEqual([503, 503, 503]);
    expect(await payment.ask('GET', '/v1/health')).toMatchObject({ body: { disabled: true } });
    expect(await payment.ask('DELETE', `/v1/rules/${id}`, {})).toMatchObject({ status: 200, body: { found: 'armed' } });
  });

  test('by configuration does the same', async () => {
    configureFaults({ service: 'payment', points: ['charge', 'refund'], enabled: false });
    expect(await statuses(aRuleId())).toEqual([503, 503, 503]);
  });
});

describe('configuring', () => {
  test('ends the rules made under an earlier configuration', async () => {
    await activated(payment.ask);
    configureFaults({ service: 'payment', points: ['charge'] });
    expect(faultPoint('charge')).toBeUndefined();
  });

  test.each([[undefined], [null], [{}], [{ points: 'charge', bounds: null, custom: 7 }]])(
    'never throws, and allows nothing, when given %j',
    async (options) => {
      expect(() => Reflect.apply(configureFaults, undefined, [options])).not.toThrow();
      expect(await payment.ask('GET', '/v1/health')).toMatchObject({ status: 200, body: { points: [] } });
    },
  );

  test('replaces a bound that is no limit by the usual one', async () => {
    configureFaults({
      service: 'payment',
      points: [],
      bounds: { delayMaxMs: NaN, percentMax: 400, concurrentMax: -1 },
    });
    const { body } = await payment.ask('GET', '/v1/health');
    expect(body.bounds).toEqual({ delayMaxMs: 30_000, percentMax: 100, concurrentMax: 500 });
  });
});
