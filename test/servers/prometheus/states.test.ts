import type { Reading } from '../../../src/domain/signal';
import { openProbe } from '../../activities/signals/open-probe';
import { until } from '../../activities/signals/fake-server';
import { server } from '../../harness/servers';
import { scrapedTarget, type Target } from './target';

let target: Target;
beforeEach(async () => {
  target = await scrapedTarget();
});
afterEach(() => target.close());

/** Reads `query`, with `M` standing for the prefix of the target's metrics. */
async function read(query: string, windowMs = 2_000, more: object = {}): Promise<Reading> {
  const { url } = await server('prometheus');
  const written = { query: query.replaceAll('M', target.name), maxAge: '3s', ...more };
  const probe = await openProbe('prometheus', written, { connection: { url } });
  const reading = await probe.read({ signal: 'p99', measure: 'value', windowMs }, new Date());
  await probe.close();
  return reading;
}

const isKnown = async (query: string): Promise<boolean> => (await read(query)).state === 'ok';

describe('what a real Prometheus says', () => {
  it('is a number only when it is one', async () => {
    target.says(
      `M_load 0.25\nM_nan NaN\nM_inf +Inf\nM_pods{pod="a"} 1\nM_pods{pod="b"} 2`.replaceAll('M_', `${target.name}_`),
    );
    await until(() => isKnown('M_load'));

    expect(await read('M_load')).toMatchObject({ state: 'ok', value: 0.25 });
    expect(await read('sum(M_pods)')).toMatchObject({ state: 'ok', value: 3 });
    expect(await read('M_nan')).toMatchObject({ state: 'no-data', reason: expect.stringMatching(/NaN/) });
    expect(await read('M_load * 0 / 0')).toMatchObject({ state: 'no-data' });
    expect(await read('M_inf')).toMatchObject({ state: 'error', reason: expect.stringMatching(/\+Inf/) });
    expect(await read('M_load / 0')).toMatchObject({ state: 'error' });
    expect(await read('M_pods')).toMatchObject({ state: 'error', reason: expect.stringMatching(/2 series/) });
    expect(await read('M_unknown')).toMatchObject({
      state: 'no-data',
      reason: expect.stringMatching(/yields nothing/),
    });
    expect(await read('sum(rate(M_unknown[1m]))')).toMatchObject({ state: 'no-data' });
    expect(await read('scalar(M_load)')).toMatchObject({ state: 'ok', value: 0.25 });
  });

  it('is an error with the place of the mistake when the query is none', async () => {
    target.says(`${target.name}_load 1`);

    expect(await read('sum(M_load')).toMatchObject({
      state: 'error',
      reason: expect.stringMatching(/refused: .*1:\d+.*parse error/),
    });
    expect(await read('rate(M_load)')).toMatchObject({
      state: 'error',
      reason: expect.stringMatching(/expected type range vector/),
    });
    expect(await read('M_load[5s]')).toMatchObject({
      state: 'error',
      reason: expect.stringMatching(/yields a matrix|refused/),
    });
  });

  it('keeps its age: what was never scraped again is stale, also behind a range that still has samples', async () => {
    target.says(`${target.name}_total 1`);
    await until(() => isKnown('M_total'));
    await until(() => isKnown('rate(M_total[1m])'));
    await target.die();

    await until(async () => (await read('rate(M_total[1m])')).state === 'stale');
    expect(await read('rate(M_total[1m])')).toMatchObject({
      reason: expect.stringMatching(/newest sample is \d+\.\d s old/),
    });
    expect(await read('M_total')).toMatchObject({ state: 'no-data' });
  });

  it.each([
    ['sum(rate(M_total[1m])) + sum(rate(N_total[1m]))'],
    ['sum(rate(N_total[1m])) - sum(rate(M_total[1m]))'],
    ['(sum(rate(M_total[1m])) or sum(rate(N_total[1m])) * 0) + sum(rate(N_total[1m]))'],
    ['max_over_time(sum(M_total)[1m:]) + sum(N_total)'],
    ['sum(N_total) unless sum(M_total) > 100'],
  ])('keeps the age of each metric, however fresh another one is: %s', async (written) => {
    const other = await scrapedTarget();
    try {
      const query = written.replaceAll('N_', `${other.name}_`);
      [target, other].forEach((one) => one.says(`${one.name}_total 1`));
      await until(() => isKnown(query));
      await target.die();
      const diedAtMs = Date.now();

      await until(async () => (await read(query)).state === 'stale');
      expect(Date.now() - diedAtMs).toBeLessThan(10_000);
      expect(await read(`sum(rate(${other.name}_total[1m]))`)).toMatchObject({ state: 'ok' });
      expect(await read(query)).toMatchObject({ state: 'stale' });
    } finally {
      await other.close();
    }
  });

  it('is stale over a longer window whose end one of its metrics did not live to see', async () => {
    const other = await scrapedTarget();
    try {
      [target, other].forEach((one) => one.says(`${one.name}_total 1`));
      const query = `sum(M_total) / sum(${other.name}_total)`;
      await until(() => isKnown(query));
      await target.die();

      await until(async () => (await read(query, 60_000)).state === 'stale');
      expect(await read(`sum(${other.name}_total)`, 60_000)).toMatchObject({ state: 'ok', value: 1 });
    } finally {
      await other.close();
    }
  });

  it('is stale when the target itself says how old it is', async () => {
    const takenAtMs = Date.now() - 30_000;
    target.says(`${target.name}_pushed 1 ${takenAtMs}`);
    await until(async () => (await read('M_pushed')).state !== 'no-data');

    expect(await read('M_pushed')).toMatchObject({
      state: 'stale',
      reason: expect.stringMatching(/newest sample is \d+\.\d s old/),
    });
    expect(await read('M_pushed', 2_000, { maxAge: '5m' })).toMatchObject({ state: 'ok', value: 1 });
  });

  it('is not stale because a metric of errors has not been born yet', async () => {
    target.says(`${target.name}_total 5`);
    await until(() => isKnown('M_total'));

    expect(await read('(sum(M_errors) or sum(M_total) * 0) / sum(M_total)')).toMatchObject({ state: 'ok', value: 0 });
    target.says(`${target.name}_total 6`);
    const rates = '(sum(rate(M_errors[1m])) or sum(rate(M_total[1m])) * 0) / sum(rate(M_total[1m]))';
    await until(() => isKnown(rates));
    expect(await read(rates)).toMatchObject({ state: 'ok', value: 0 });
  });

  it('is the mean over a longer window, taken from what lies in it alone', async () => {
    target.says(`${target.name}_load 100`);
    await until(() => isKnown('M_load'));
    target.says(`${target.name}_load 1`);
    await until(async () => {
      const now = await read('M_load');
      return now.state === 'ok' && now.value === 1;
    });
    const changedAtMs = Date.now();
    await until(() => Date.now() - changedAtMs > 10_000);

    const sinceMs = Date.now() - changedAtMs;
    expect(await read('M_load', sinceMs)).toMatchObject({ state: 'ok', value: 1 });
    const longer = await read('M_load', sinceMs + 6_000);
    expect(longer.state === 'ok' && Number(longer.value)).toBeGreaterThan(1);
  });

  it('says the same again for the same instant', async () => {
    target.says(`${target.name}_load 1`);
    await until(() => isKnown('M_load'));
    const { url } = await server('prometheus');
    const query = { query: `time() - timestamp(${target.name}_load)`, delay: '2s' };
    const probe = await openProbe('prometheus', query, { connection: { url } });
    const at = new Date();
    const readOnce = () => probe.read({ signal: 'age', measure: 'value', windowMs: 2_000 }, at);
    const first = await readOnce();
    await until(() => Date.now() - at.getTime() > 2_500);

    expect(await readOnce()).toEqual(first);
    await probe.close();
  });
});
