import { error } from '../../../activities/faults/sdk/error';
import { latency } from '../../../activities/faults/sdk/latency';
import type { DriverTools, Prepared } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import { eventually } from '../../contract/eventually';
import { startHostileControl } from '../../contract/hostile-control';
import { rawHttp } from '../../contract/raw-http';
import { startTarget, type TargetProcess } from '../../contract/target-process';
import { anInjection } from '../../fakes/injection';

const token = 'token-of-tests';
const charge = { service: 'payment', point: 'charge' };

describe('a rule at a fault point', () => {
  let payment: TargetProcess;
  let disabled: TargetProcess;
  beforeAll(async () => {
    const bounds = { delayMaxMs: 100, percentMax: 50 };
    const points = ['charge', 'gameday-control'];
    payment = await startTarget({ service: 'payment', points, token, bounds });
    disabled = await startTarget({ service: 'payment', points, token, enabled: false });
  });
  afterAll(() => Promise.all([payment.kill(), disabled.kill()]));

  const at = (port: number) => ({ url: `http://127.0.0.1:${port}`, token });
  const tools = (change: Partial<DriverTools<unknown>> = {}): DriverTools<unknown> => ({
    connection: { payment: at(payment.control) },
    optedIn: [{ service: 'payment', points: ['charge', 'refund', 'gameday-control'] }],
    ...{ environment: 'demo', signal: new AbortController().signal, now: Date.now, ...change },
  });
  const refusalsOf = async (target: object, params: object, given = tools()) =>
    (await error.survey({ target, params }, given)).refusals.join('; ');
  const prepared = (change: Partial<Prepared> = {}): Prepared => {
    const facts = { identity: 'sdk:payment/charge', lockKey: 'sdk:payment', description: 'charge', facts: charge };
    const {
      originals: _originals,
      preparedAt: _preparedAt,
      ...rest
    } = anInjection({
      ...{ fault: 'sdk/error', lockKey: 'sdk:payment', targets: [facts] },
      params: { status: 503, exception: false, percent: 40 },
    });
    return { ...rest, ...change };
  };
  const ruleOf = async ({ injectionId }: Injection) =>
    rawHttp(payment.control, 'GET', `/v1/rules/${injectionId}`, token);

  it('is surveyed as one point of one service, with the share of calls that may meet it', async () => {
    const survey = await error.survey({ target: charge, params: { percent: 40 } }, tools());
    expect(survey).toMatchObject({ total: 3, trafficPercent: 40, refusals: [] });
    expect(survey.percent).toBeCloseTo(100 / 3);
    expect(survey.targets).toMatchObject([{ identity: 'sdk:payment/charge', lockKey: 'sdk:payment', facts: charge }]);
  });

  it.each([
    ['above the share that the application allows', charge, { percent: 60 }, /60 percent.*50 \(percentMax\)/],
    [
      'at a point that the application does not have',
      { ...charge, point: 'refund' },
      { percent: 40 },
      /no point refund/,
    ],
    [
      'at the way by which faults are removed',
      { ...charge, point: 'gameday-control' },
      { percent: 40 },
      /path that removes/,
    ],
    ['at a service without connection', { ...charge, service: 'stock' }, { percent: 40 }, /no connection to stock/],
  ])('is refused %s', async (_, target, params, sentence) => {
    expect(await refusalsOf(target, params)).toMatch(sentence);
  });

  it('is refused above the delay that the application allows, jitter included', async () => {
    const step = { target: charge, params: { delay: '80ms', jitter: '30ms', percent: 40 } };
    expect((await latency.survey(step, tools())).refusals.join()).toMatch(/110 ms.*100 ms \(delayMaxMs\)/);
  });

  it('is refused where faults are switched off', async () => {
    const given = tools({ connection: { payment: at(disabled.control) } });
    expect(await refusalsOf(charge, { percent: 40 }, given)).toContain('switched off');
  });

  it('is refused where the address belongs to another service', async () => {
    const given = tools({
      connection: { stock: at(payment.control) },
      optedIn: [{ service: 'stock', points: ['charge'] }],
    });
    expect(await refusalsOf({ ...charge, service: 'stock' }, { percent: 40 }, given)).toContain('belongs to payment');
  });

  it('is refused where nobody answers, because unknown is not safe', async () => {
    expect(await refusalsOf(charge, { percent: 40 }, tools({ connection: { payment: at(1) } }))).toContain(
      'ECONNREFUSED',
    );
  });

  it('is refused where the address redirects, and the redirect is not followed', async () => {
    const redirecting = await startHostileControl(302);
    const given = tools({ connection: { payment: at(redirecting.port) } });
    expect(await refusalsOf(charge, { percent: 40 }, given)).toMatch(/redirects.*\(302\)/);
    redirecting.close();
  });

  it.each([404, 500])(
    'takes the %i of some other server for trouble and not for a fault that is gone',
    async (status) => {
      const elsewhere = await startHostileControl(status);
      const given = tools({ connection: { payment: at(elsewhere.port) } });
      await expect(error.rollback(anInjection(prepared()), given)).rejects.toMatchObject({ reason: 'failed' });
      elsewhere.close();
    },
  );

  it('gives up when its caller does', async () => {
    const given = tools({ signal: AbortSignal.abort() });
    expect(await error.status(anInjection(prepared()), given)).toMatchObject({ state: 'unknown' });
  });

  it('counts as gone only when no lease can have lasted until now', async () => {
    const injection = anInjection({ ...prepared(), leaseMs: 10_000 });
    const hardStopMs = Date.parse(injection.hardStopAt);
    const given = (nowMs: number) => tools({ connection: { payment: at(1) }, now: () => nowMs });
    await expect(error.rollback(injection, given(hardStopMs + 29_999))).rejects.toMatchObject({
      reason: 'unreachable',
    });
    expect(await error.rollback(injection, given(hardStopMs + 30_000))).toMatchObject({ end: 'gone' });
  });

  it('is renewed up to the hard stop and no further', async () => {
    const hardStopAt = new Date(Date.now() + 5_000).toISOString();
    const injection = await error.prepare(prepared({ hardStopAt, leaseMs: 2_000 }), tools());
    await error.arm?.(injection, tools());
    await error.inject(injection, tools());
    await error.renew?.(injection, new Date(Date.now() + 60_000), tools());
    const { leaseRemainingMs } = JSON.parse((await ruleOf(injection)).text);
    expect(leaseRemainingMs).toBeGreaterThan(2_000);
    expect(leaseRemainingMs).toBeLessThanOrEqual(5_000);
    await error.rollback(injection, tools());
  });

  it('carries in its tag everything that ending it needs', async () => {
    const injection = await error.prepare(prepared(), tools());
    await error.arm?.(injection, tools());
    const { tag } = JSON.parse((await ruleOf(injection)).text);
    expect(JSON.parse(tag.injection)).toEqual(injection);
    expect(tag).toMatchObject({ owner: 'gameday', experimentId: injection.experimentId, notAfter: injection.notAfter });
    expect(await error.listFaults(tools())).toEqual([injection]);
    expect(await latency.listFaults(tools())).toEqual([]);
    await error.rollback(injection, tools());
  });

  it('is listed although another service does not answer, which the list says', async () => {
    const injection = await error.prepare(prepared(), tools());
    await error.arm?.(injection, tools());
    const given = tools({ connection: { payment: at(payment.control), stock: at(1) } });
    const listed = await error.listFaults(given).catch((problem: unknown) => problem);
    expect(listed).toMatchObject({ name: 'IncompleteList', faults: [injection] });
    await error.rollback(injection, tools());
  });

  it('is refused when its lease lapsed before it was injected', async () => {
    const injection = await error.prepare(prepared({ leaseMs: 1 }), tools());
    await error.arm?.(injection, tools());
    await eventually('the end of the lease', 5_000, async () => (await ruleOf(injection)).status === 404);
    await expect(error.inject(injection, tools())).rejects.toMatchObject({ name: 'Refused' });
  });

  it('rejects an injection of several points', async () => {
    const [target] = prepared().targets;
    if (target === undefined) throw new Error('no target was made');
    const injection = anInjection({ ...prepared(), targets: [target, target] });
    await expect(error.inject(injection, tools())).rejects.toMatchObject({ name: 'Invalid' });
  });
});
