import type { ServerResponse } from 'node:http';
import { fakeServer, until, type FakeServer, type Served } from './fake-server';
import { openProbe, readNow } from './open-probe';

let server: FakeServer;
let answer: (response: ServerResponse, asked: URLSearchParams) => void;
beforeEach(async () => {
  server = await fakeServer((request, response) => answer(response, new URLSearchParams(request.body)));
});
afterEach(() => server.close());

const fresh = (asked: URLSearchParams) => vector([[{}, [1, asked.get('time') ?? '']]]);
const isFreshness = (asked: URLSearchParams) => (asked.get('query') ?? '').includes('timestamp(');

function vector(series: [object, [number, string]][], more: object = {}): string {
  const result = series.map(([metric, value]) => ({ metric, value }));
  return JSON.stringify({ status: 'success', data: { resultType: 'vector', result }, ...more });
}

/** Answers the query with a text, and what is asked of its freshness with now. */
function answerWith(text: string, status = 200): void {
  answer = (response, asked) => {
    if (isFreshness(asked)) response.end(fresh(asked));
    else response.writeHead(status).end(text);
  };
}

async function read(query: object = {}, connection: object = {}) {
  const context = { connection: { url: `${server.url}/prom/`, ...connection } };
  const probe = await openProbe('prometheus', { query: 'rate(a[5s])', ...query }, context);
  const reading = await readNow(probe, 'value', 6_000);
  const drained = probe.drain?.();
  await probe.close();
  return { ...reading, drained };
}

const asked = ({ body }: Served) => Object.fromEntries(new URLSearchParams(body));

const states: [string, string, object][] = [
  ['a number', vector([[{}, [1, '0.125']]]), { state: 'ok', value: 0.125, n: 1 }],
  ['zero', vector([[{}, [1, '0']]]), { state: 'ok', value: 0 }],
  ['a large number', vector([[{}, [1, '1.5e+21']]]), { state: 'ok', value: 1.5e21 }],
  ['a scalar', '{"status":"success","data":{"resultType":"scalar","result":[1,"3"]}}', { state: 'ok', value: 3 }],
  ['nothing', vector([]), { state: 'no-data', reason: 'prometheus: the query yields nothing' }],
  ['NaN', vector([[{}, [1, 'NaN']]]), { state: 'no-data', reason: expect.stringMatching(/NaN/) }],
  [
    'infinity',
    vector([[{}, [1, '+Inf']]]),
    { state: 'error', reason: expect.stringMatching(/\+Inf: is something divided/) },
  ],
  ['minus infinity', vector([[{}, [1, '-Inf']]]), { state: 'error', reason: expect.stringMatching(/-Inf/) }],
  ['too large a number', vector([[{}, [1, '1e999']]]), { state: 'error', reason: expect.stringMatching(/no number/) }],
  ['a word', vector([[{}, [1, 'secret']]]), { state: 'error', reason: expect.stringMatching(/no number/) }],
  ['an empty value', vector([[{}, [1, '']]]), { state: 'error', reason: expect.stringMatching(/no number/) }],
  [
    'several series',
    vector([
      [{ pod: 'secret' }, [1, '1']],
      [{}, [1, '1']],
    ]),
    { state: 'error', reason: 'prometheus: the query yields 2 series, expected one: aggregate them' },
  ],
  [
    'a histogram',
    '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"histogram":[1,{}]}]}}',
    { state: 'error', reason: expect.stringMatching(/a histogram/) },
  ],
  [
    'a matrix',
    '{"status":"success","data":{"resultType":"matrix","result":[]}}',
    { state: 'error', reason: expect.stringMatching(/yields a matrix/) },
  ],
  ['a page', '<html>secret</html>', { state: 'error', reason: 'prometheus: the answer is not one of Prometheus' }],
  ['half an answer', '{"status":"success"', { state: 'error', reason: expect.stringMatching(/not one of Prometheus/) }],
  ['a value that is none', vector([[{}, [1, '1']]]).replace('"1"', '1'), { state: 'error' }],
  ['too much', `"${'x'.repeat(1_100_000)}"`, { state: 'error', reason: expect.stringMatching(/too large/) }],
];

describe('a number from Prometheus', () => {
  it.each(states)('reads %s', async (_, text, expected) => {
    answerWith(text);
    const reading = await read();
    expect(reading).toMatchObject(expected);
    expect(JSON.stringify(reading)).not.toMatch(/secret/);
  });

  it.each([
    [400, 'bad_data', 'parse error: unexpected end', /the query is refused: parse error: unexpected end$/],
    [422, 'execution', 'many-to-many\nmatching', /execution: many-to-many matching$/],
    [503, 'timeout', 'x'.repeat(5_000), /^.{1,260}$/],
  ])('is an error when it is answered with %i %s', async (status, errorType, error, expected) => {
    answerWith(JSON.stringify({ status: 'error', errorType, error }), status);
    expect(await read()).toMatchObject({ state: 'error', reason: expect.stringMatching(expected) });
  });

  it.each([
    [401, /status 401: check who asks/],
    [403, /status 403: check who asks/],
    [302, /status 302/],
    [500, /status 500/],
  ])('is an error when something on the way answers %i', async (status, expected) => {
    answerWith('<html>', status);
    expect(await read()).toMatchObject({ state: 'error', reason: expect.stringMatching(expected) });
  });

  it('is asked for an instant slightly in the past, by POST, with the experiment in the baggage', async () => {
    answerWith(vector([[{}, [1, '1']]]));
    const reading = await read({ delay: '2s' });
    const [one] = server.served.filter(({ body }) => !body.includes('timestamp'));
    expect(one).toMatchObject({ method: 'POST', url: '/prom/api/v1/query' });
    expect(one?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      baggage: 'gameday.experiment=experiment%201',
    });
    const time = (Date.parse(reading.at) - 2_000) / 1000;
    expect(one && asked(one)).toEqual({
      query: 'rate(a[5s])',
      time: time.toFixed(3),
      timeout: '2000ms',
      partial_response: 'false',
    });
  });

  it.each([
    [{ basic: { user: 'ada', password: 'p:w' } }, `Basic ${Buffer.from('ada:p:w').toString('base64')}`],
    [{ bearer: { token: 'abc' } }, 'Bearer abc'],
    [{}, undefined],
  ])('says who asks: %j', async (connection, expected) => {
    answerWith(vector([[{}, [1, '1']]]));
    expect((await read({}, connection)).state).toBe('ok');
    expect(server.served.map(({ headers }) => headers.authorization)).toEqual([expected, expected]);
  });

  it('is an error when it comes with a warning, which is kept as evidence, bounded', async () => {
    const warnings = Array.from({ length: 30 }, (_, index) => `${index} ${'x'.repeat(500)}`);
    answerWith(vector([[{}, [1, '1']]], { warnings, infos: ['more'] }));
    const { at, drained, ...reading } = await read();
    expect(reading).toMatchObject({ state: 'error', reason: expect.stringMatching(/^prometheus: it warns .{1,240}$/) });
    expect(drained).toEqual([{ at, warnings: expect.any(Array) }]);
    expect(JSON.stringify(drained).length).toBeLessThan(2_500);
  });

  const hint = 'PromQL info: metric might not be a counter';
  it.each<[string, object, string]>([
    ['a warning', { warnings: ['store 10.0.0.1 timed out'] }, 'error'],
    ['a warning among hints', { warnings: [hint, 'store 10.0.0.1 timed out'] }, 'error'],
    ['the word that it is partial', { isPartial: true }, 'error'],
    ['the word that it is whole', { isPartial: false, warnings: [] }, 'ok'],
    ['a hint', { infos: [hint] }, 'ok'],
    ['a hint where older versions put it', { warnings: [hint] }, 'ok'],
  ])('that comes with %s', async (_, more, state) => {
    answerWith(vector([[{}, [1, '1']]], more));
    expect((await read()).state).toBe(state);
    answer = (response, at) => response.end(vector([[{}, [1, at.get('time') ?? '']]], isFreshness(at) ? more : {}));
    expect((await read()).state).toBe(state);
  });

  it('is an error, not nothing, when what it is made of may be missing', async () => {
    answerWith(vector([], { warnings: ['store 10.0.0.1 timed out'] }));
    expect(await read()).toMatchObject({
      state: 'error',
      reason: expect.stringMatching(/store 10\.0\.0\.1 timed out/),
    });
  });
});

describe('the age of what Prometheus knows', () => {
  const ages: [string, (asked: URLSearchParams) => string, object][] = [
    ['from this moment', fresh, { state: 'ok' }],
    ['gone', () => vector([]), { state: 'stale', reason: expect.stringMatching(/its metric has no sample any more/) }],
    [
      'too old',
      (at) => vector([[{}, [1, String(Number(at.get('time')) - 20.5)]]]),
      { state: 'stale', reason: expect.stringMatching(/newest sample is 20\.5 s old; at most 20s are allowed/) },
    ],
    ['just young enough', (at) => vector([[{}, [1, String(Number(at.get('time')) - 19.5)]]]), { state: 'ok' }],
    [
      'not to be known',
      () => 'nonsense',
      { state: 'error', reason: expect.stringMatching(/the age of its samples is not known/) },
    ],
  ];

  it.each(ages)('is %s', async (_, freshness, expected) => {
    answer = (response, at) => response.end(isFreshness(at) ? freshness(at) : vector([[{}, [1, '1']]]));
    expect(await read()).toMatchObject(expected);
  });
});

describe('a Prometheus that does not answer', () => {
  it('is an error within the time that an observer waits', async () => {
    answer = () => undefined;
    expect(await read()).toMatchObject({ state: 'error', reason: 'prometheus: timed out' });
  });

  it('is an error when nobody listens, and nothing known once the probe is closed', async () => {
    await server.close();
    const probe = await openProbe('prometheus', { query: 'a' }, { connection: { url: server.url } });
    expect(await readNow(probe, 'value')).toMatchObject({ state: 'error', reason: expect.stringMatching(/refused/) });
    await probe.close();
    await probe.close();
    expect(await readNow(probe, 'value')).toMatchObject({ state: 'no-data' });
  });

  it('is asked no longer when the observation ends', async () => {
    answer = () => undefined;
    const ended = new AbortController();
    const context = { signal: ended.signal, connection: { url: server.url } };
    const probe = await openProbe('prometheus', { query: 'a' }, context);
    const reading = readNow(probe, 'value');
    await until(() => server.served.length === 2);
    ended.abort();
    expect(await reading).toMatchObject({ state: 'error', reason: expect.stringMatching(/stopped/) });
    await probe.close();
  });
});

describe('opening', () => {
  it('still reads over a whole observation after close', async () => {
    answerWith(vector([[{}, [1, '7']]]));
    const probe = await openProbe('prometheus', { query: 'rate(a[5s])' }, { connection: { url: server.url } });
    await probe.close();
    expect(await readNow(probe, 'value', 36_000)).toMatchObject({ state: 'ok', value: 7 });
    expect(server.served.map((one) => asked(one)['query'])).toContain('avg_over_time((rate(a[5s])\n)[30s:1s])');
  });

  it.each([
    [{ query: 'a', every: '1s' }, { url: 'http://a/' }, /every/],
    [{ query: 'a or vector(0)' }, { url: 'http://a/' }, /vector/],
    [{ query: 'a' }, undefined, /connections.prometheus is not in shape/],
    [
      { query: 'a' },
      { url: 'http://a/', basic: { user: 'a', password: 'hidden' }, bearer: { token: 'b' } },
      /not in shape/,
    ],
    [{ query: 'a' }, { url: 'http://a/', tls: { cert: 'c' } }, /not in shape/],
  ])('is refused for %j', async (query, connection, message) => {
    const opening = openProbe('prometheus', query, { connection });
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.not.toThrow(/hidden/);
  });
});
