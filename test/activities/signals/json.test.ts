import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { fakeServer, until, type FakeServer } from './fake-server';
import { openProbe, readNow } from './open-probe';

let server: FakeServer;
let answer: (response: ServerResponse) => void;
beforeEach(async () => {
  server = await fakeServer((_, response) => answer(response));
});
afterEach(() => server.close());

async function read(query: object, context = {}) {
  const probe = await openProbe('json', { url: `${server.url}/health?key=hidden`, ...query }, context);
  const reading = await readNow(probe, 'value', 5000);
  await probe.close();
  return reading;
}

const states: [string, string, string, object][] = [
  ['a number', '{"a":{"b":3.5}}', '$.a.b', { state: 'ok', value: 3.5, n: 1 }],
  ['zero', '{"a":0}', '$.a', { state: 'ok', value: 0 }],
  ['a word', '{"breakers":{"payment":"closed"}}', '$.breakers.payment', { state: 'ok', value: 'closed' }],
  ['a boolean', '{"ready":false}', '$.ready', { state: 'ok', value: 'false' }],
  ['a filter', '[{"n":"a","v":1},{"n":"b","v":2}]', '$[?@.n=="b"].v', { state: 'ok', value: 2 }],
  ['nothing', '{"a":1}', '$.b', { state: 'no-data', reason: expect.stringContaining('$.b matches nothing') }],
  ['null', '{"a":null}', '$.a', { state: 'no-data', reason: expect.stringContaining('is null') }],
  ['several', '[1,2]', '$[*]', { state: 'error', reason: expect.stringContaining('matches 2 values, expected one') }],
  ['an object', '{"a":{}}', '$.a', { state: 'error', reason: expect.stringContaining('an object') }],
  ['a list', '{"a":[]}', '$.a', { state: 'error', reason: expect.stringContaining('a list') }],
  ['infinity', '{"a":1e999}', '$.a', { state: 'error', reason: expect.stringContaining('no finite number') }],
  [
    'a novel',
    `{"a":"${'x'.repeat(201)}"}`,
    '$.a',
    { state: 'error', reason: expect.stringContaining('201 characters') },
  ],
  ['broken JSON', '{"secret":', '$.a', { state: 'error', reason: expect.stringContaining('not valid JSON') }],
  ['an empty answer', '', '$.a', { state: 'error', reason: expect.stringContaining('not valid JSON') }],
  ['deep nesting', `${'['.repeat(5000)}${']'.repeat(5000)}`, '$..a', { state: 'error' }],
  ['too much', `"${'x'.repeat(1_100_000)}"`, '$', { state: 'error', reason: expect.stringContaining('too large') }],
];

describe('a value from a JSON answer', () => {
  it.each(states)('reads %s', async (_, body, path, expected) => {
    answer = (response) => response.end(body);
    const reading = await read({ path });
    expect(reading).toMatchObject(expected);
    expect(JSON.stringify(reading)).not.toMatch(/secret|hidden/);
  });

  it.each([301, 404, 503])('is an error when the answer has status %i', async (status) => {
    answer = (response) => response.writeHead(status, { location: '/' }).end('{"a":1}');
    const reason = `GET ${server.url}/health: answered with status ${status}`;
    expect(await read({ path: '$.a' })).toMatchObject({ state: 'error', reason });
    expect(server.served).toHaveLength(1);
  });

  it('is an error when nothing answers in time', async () => {
    answer = () => undefined;
    expect(await read({ path: '$.a', timeout: '100ms' })).toMatchObject({
      state: 'error',
      reason: expect.stringMatching(/: timed out$/),
    });
  });

  it('is an error when the connection breaks', async () => {
    answer = (response) => response.destroy();
    expect(await read({ path: '$.a' })).toMatchObject({ reason: expect.stringMatching(/connection was reset/) });
  });

  it('is an error when the connection is refused', async () => {
    await server.close();
    expect(await read({ path: '$.a' })).toMatchObject({ reason: expect.stringMatching(/connection was refused/) });
  });

  const dated = (agoMs: number) => new Date(Date.now() - agoMs).toUTCString();
  it.each([
    ['fresh', () => ({ date: dated(0) }), { state: 'ok', value: 1 }],
    [
      'old by its date',
      () => ({ date: dated(60_000) }),
      { state: 'stale', reason: expect.stringMatching(/at most 10s/) },
    ],
    [
      'old by its age',
      () => ({ date: dated(0), age: '60' }),
      { state: 'stale', reason: expect.stringMatching(/60 s old/) },
    ],
  ])('with maxAge, an answer that is %s is judged by its age', async (_, headers, expected) => {
    answer = (response) => response.writeHead(200, headers()).end('{"a":1}');
    expect(await read({ path: '$.a', maxAge: '10s' })).toMatchObject(expected);
  });

  it('with maxAge, an answer that says nothing of its age is stale', async () => {
    answer = (response) => {
      response.sendDate = false;
      response.end('{"a":1}');
    };
    expect(await read({ path: '$.a', maxAge: '10s' })).toMatchObject({ state: 'stale' });
  });

  it('is fetched anew for every instant and once for one instant', async () => {
    let n = 0;
    answer = (response) => response.end(`{"n":${(n += 1)}}`);
    const probe = await openProbe('json', { url: server.url, path: '$.n' });
    const at = (ms: number) => probe.read({ signal: 'n', measure: 'value', windowMs: 1000 }, new Date(ms));
    const [first, same, next] = [await at(1000), await at(1000), await at(2000)];
    await probe.close();
    expect([first, same, next].map((reading) => reading.state === 'ok' && reading.value)).toEqual([1, 1, 2]);
    expect(first.at).toBe('1970-01-01T00:00:01.000Z');
  });

  it('sends a secret header and names it in no reason', async () => {
    const secret = randomUUID();
    answer = (response) => response.writeHead(500).end(secret);
    const connection = { resolve: () => secret };
    const reading = await read({ path: '$.a', headers: { 'x-api-key': { file: 'key' } } }, { connection });
    expect(server.served[0]?.headers).toMatchObject({ 'x-api-key': secret, accept: 'application/json' });
    expect(JSON.stringify(reading)).not.toContain(secret);
  });

  it('is an error after close, also when it is closed twice or while a fetch is under way', async () => {
    answer = () => undefined;
    const probe = await openProbe('json', { url: server.url, path: '$.a' });
    const reading = readNow(probe, 'value');
    await until(() => server.served.length === 1);
    await probe.close();
    await probe.close();
    expect(await reading).toMatchObject({ state: 'error' });
    expect(await readNow(probe, 'value')).toMatchObject({ state: 'error' });
  });

  it('stops a fetch when the observation ends', async () => {
    answer = () => undefined;
    const ended = new AbortController();
    const probe = await openProbe('json', { url: server.url, path: '$.a', timeout: '10s' }, { signal: ended.signal });
    const reading = readNow(probe, 'value');
    await until(() => server.served.length === 1);
    ended.abort();
    expect(await reading).toMatchObject({ state: 'error', reason: expect.stringMatching(/stopped/) });
    await probe.close();
  });

  it.each([
    [{ path: '$.a' }, /^cannot open the json signal: url: /],
    [{ url: 'http://a/', path: '$.[' }, /path: expected a JSONPath/],
    [{ url: 'http://a/', path: '$.a', every: '1s' }, /every/],
    [{ url: '${endpoints.a}', path: '$.a' }, /placeholder/],
  ])('refuses to open with an invalid query', async (query, message) => {
    await expect(openProbe('json', query)).rejects.toThrow(message);
  });
});
