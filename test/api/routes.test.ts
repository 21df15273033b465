import { aVerdict, anEvidence } from './make';
import { serve, type Served } from './serve';

describe('the API', () => {
  let served: Served;
  beforeEach(async () => {
    served = await serve();
  });
  afterEach(() => served.app.close());

  const scenario = { text: 'kind: experiment', file: 'payment.yaml' };

  async function start(): Promise<string> {
    const { body } = await served.ask('POST', '/api/v1/experiments', scenario);
    return String(body['experimentId']);
  }

  test('starts an experiment with an id that fits every target and answers with its plan', async () => {
    const answer = await served.ask('POST', '/api/v1/experiments', scenario);

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ planHash: 'plan-hash', plan: { name: 'checkout-survives' } });
    expect(answer.body['experimentId']).toMatch(/^checkout-survi?-[a-z2-9]{8}$/);
    expect(served.gameday.run(String(answer.body['experimentId'])).input.isRehearsal).toBe(false);
  });

  test('starts a rehearsal when asked', async () => {
    const { body } = await served.ask('POST', '/api/v1/experiments', { ...scenario, isRehearsal: true });

    expect(served.gameday.run(String(body['experimentId'])).input.isRehearsal).toBe(true);
  });

  test('answers 422 with every problem of a scenario and starts nothing', async () => {
    const answer = await served.ask('POST', '/api/v1/experiments', { text: 'nonsense', file: 'bad.yaml' });

    expect(answer.status).toBe(422);
    expect(answer.body['problems']).toEqual([expect.objectContaining({ file: 'bad.yaml', line: 1, column: 1 })]);
    expect(served.gameday.runs.size).toBe(0);
  });

  test('shows an open experiment by its progress and an ended one from the store', async () => {
    const id = await start();
    const open = await served.ask('GET', `/api/v1/experiments/${id}`);
    expect(open.body).toMatchObject({ isOpen: true, progress: { phase: 'preflight' } });

    const verdict = aVerdict();
    await served.store.saveEvidence(anEvidence({ experimentId: id }), verdict);
    served.gameday.end(id, verdict);

    const ended = await served.ask('GET', `/api/v1/experiments/${id}`);
    expect(ended.body).toMatchObject({
      isOpen: false,
      evidence: { experimentId: id },
      verdict: { verdict: 'refused' },
    });
  });

  test('shows an ended experiment with Temporal away, and one that the store has not with the store away', async () => {
    const id = await start();
    const verdict = aVerdict();
    served.gameday.end(id, verdict);
    served.store.isAway = true;
    const fromTemporal = await served.ask('GET', `/api/v1/experiments/${id}`);
    expect(fromTemporal.body).toMatchObject({ isOpen: false, verdict });

    served.store.isAway = false;
    await served.store.saveEvidence(anEvidence({ experimentId: id }), verdict);
    served.gameday.outage = 'refuses';
    const fromStore = await served.ask('GET', `/api/v1/experiments/${id}`);
    expect(fromStore.body).toMatchObject({ isOpen: false, evidence: { experimentId: id } });
  });

  test.each(['/api/v1/experiments/none', '/api/v1/experiments/none/report', '/api/v1/experiments/none/events'])(
    'GET %s answers 404 with what would help',
    async (path) => {
      const answer = await served.ask('GET', path);

      expect(answer.status).toBe(404);
      expect(Object.keys(answer.body).sort()).toEqual(['error', 'help', 'why']);
    },
  );

  test('lists stored and open experiments, and says when the store is away', async () => {
    const id = await start();
    const whole = await served.ask('GET', '/api/v1/experiments?limit=5');
    expect(whole.body).toMatchObject({
      experiments: [{ experimentId: id, startedBy: 'ada' }],
      open: [id],
      troubles: [],
    });

    served.store.isAway = true;
    const partial = await served.ask('GET', '/api/v1/experiments');
    expect(partial.status).toBe(200);
    expect(partial.body).toMatchObject({ experiments: [], open: [id], troubles: [expect.stringContaining('store')] });
  });

  test('stops while the store is away, and logs what the audit could not take', async () => {
    const id = await start();
    served.store.isAway = true;

    const statuses = [
      await served.ask('POST', `/api/v1/experiments/${id}/abort`, { reason: 'enough' }),
      await served.ask('POST', '/api/v1/environments/demo/halt', { reason: 'incident' }),
      await served.ask('POST', '/api/v1/injections/i-1/release', { reason: 'by hand' }),
    ].map(({ status }) => status);

    expect(statuses).toEqual([202, 200, 200]);
    await served.app.close();
    expect(served.logged.filter((line) => line.includes('audit'))).toHaveLength(3);
    expect(served.logged.join()).toContain('"action":"abort"');
  });

  test('an abort reaches Temporal before anything else is asked', async () => {
    const id = await start();
    const order: string[] = [];
    const { abort } = served.gameday;
    served.gameday.abort = (...request) => (order.push('abort'), abort.apply(served.gameday, request));
    served.store.appendAudit = async () => void order.push('audit');

    await served.ask('POST', `/api/v1/experiments/${id}/abort`, { reason: 'enough' });
    await served.app.close();

    expect(order).toEqual(['abort', 'audit']);
  });

  test('renders reports and judges again from the store', async () => {
    const id = await start();
    await served.store.saveEvidence(anEvidence({ experimentId: id }), aVerdict({ verdict: 'passed', rule: 7 }));

    const html = await served.ask('GET', `/api/v1/experiments/${id}/report`);
    const json = await served.ask('GET', `/api/v1/experiments/${id}/report?format=json`);
    const other = await served.ask('GET', `/api/v1/experiments/${id}/report?format=pdf`);
    const judged = await served.ask('GET', `/api/v1/experiments/${id}/judgement`);

    expect(html.text).toBe('<p>passed</p>');
    expect(html.headers.get('content-type')).toContain('text/html');
    expect(json.body).toMatchObject({ verdict: 'passed' });
    expect(other.status).toBe(400);
    expect(judged.body).toMatchObject({
      stored: { verdict: 'passed' },
      decided: { verdict: 'refused' },
      isSame: false,
    });
  });

  test.each(['refuses', 'hangs'] as const)('answers 503 within two seconds when Temporal %s', async (outage) => {
    served.gameday.outage = outage;
    const requests: [string, string, object?][] = [
      ['POST', '/api/v1/experiments', scenario],
      ['POST', '/api/v1/experiments/x/abort', { reason: 'r' }],
      ['POST', '/api/v1/environments/demo/halt', { reason: 'r' }],
      ['GET', '/api/v1/environments/demo'],
      ['GET', '/api/v1/injections'],
    ];

    const startedMs = performance.now();
    const answers = await Promise.all(requests.map((request) => served.ask(...request)));

    expect(performance.now() - startedMs).toBeLessThan(4_000);
    expect(answers.map(({ status }) => status)).toEqual(requests.map(() => 503));
    for (const { body } of answers) expect(body['why']).toContain('Temporal');
  });

  test('an experiment that starts after its caller was told that it could not is aborted', async () => {
    let now = Date.parse('2026-01-01T00:00:00.000Z');
    await served.app.close();
    served = await serve({ now: () => new Date(now) });
    const { start: begin } = served.gameday;
    served.gameday.start = async (input) => {
      await begin.call(served.gameday, input);
      now += 5_000;
    };

    await served.ask('POST', '/api/v1/experiments', scenario);

    expect(served.gameday.aborted[0]?.[1].reason).toContain('told it had failed');
  });

  test('what we did not expect is 500 without details, which only the log has', async () => {
    await served.app.close();
    served = await serve({ plans: { make: () => Promise.reject(new Error('secret detail')) } });

    const answer = await served.ask('POST', '/api/v1/experiments', scenario);

    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('secret detail');
    expect(served.logged.join()).toContain('secret detail');
  });

  test('a scenario above a megabyte and a body that is not JSON are refused in the same words', async () => {
    const large = await served.ask('POST', '/api/v1/experiments', { text: 'x'.repeat(1_100_000) });
    const headers = { authorization: 'Bearer token-of-ada', 'content-type': 'application/json' };
    const broken = await fetch(`${served.url}/api/v1/experiments`, { method: 'POST', headers, body: '{' });

    expect(large.status).toBe(413);
    expect(Object.keys(large.body).sort()).toEqual(['error', 'help', 'why']);
    expect(broken.status).toBe(400);
  });

  test('serves metrics and a description of every path', async () => {
    const metrics = await served.ask('GET', '/metrics');
    const described = await served.ask('GET', '/openapi.json');

    expect(metrics.text).toContain('gameday_experiments_total{verdict="passed"} 0');
    expect(described.body).toMatchObject({ openapi: '3.1.0', info: { title: 'Gameday' } });
  });
});
