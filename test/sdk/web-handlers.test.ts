import { createServer, type IncomingMessage, type Server } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import { configureFaults, expressFaults, fastifyFaults } from '@gameday/sdk';
import { activated, type Controlled, controlled } from './control-client';

let payment: Controlled;
let handled = 0;
beforeAll(async () => {
  payment = await controlled({ custom: { nothing: () => undefined } });
});
beforeEach(() => {
  configureFaults({ service: 'payment', points: ['charge'], custom: { nothing: () => undefined } });
  handled = 0;
});
afterAll(async () => {
  configureFaults({ service: 'payment', points: [] });
  await payment.control.close();
});

const answer = JSON.stringify({ paid: true, ids: [1, 2, 3] });

/** An application in the manner of Express: handlers that call the next one. */
async function expressLike(): Promise<{ url: string; close(): Promise<unknown> }> {
  const faults = expressFaults('charge', (request: IncomingMessage) => request.url);
  const server = createServer((request, response) => {
    faults(request, response, (problem) => {
      handled += 1;
      response.setHeader('content-type', 'application/json');
      if (problem !== undefined) response.statusCode = 500;
      if (problem !== undefined)
        return void response.end(
          JSON.stringify({
            caught: problem instanceof Error ? `${problem.name}: ${problem.message}` : 'no error',
          }),
        );
      response.write(Buffer.from(answer.slice(0, 5)));
      response.end(answer.slice(5));
    });
  });
  return { url: await listening(server), close: () => new Promise((resolve) => server.close(resolve)) };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return `http://127.0.0.1:${address.port}`;
}

async function fastifyApp(): Promise<{ url: string; close(): Promise<unknown> }> {
  const app: FastifyInstance = fastify();
  app.addHook(
    'onRequest',
    fastifyFaults('charge', (request) => request.raw.url),
  );
  app.setErrorHandler((problem, _request, reply) => reply.code(500).send({ caught: String(problem) }));
  app.get('/pay', (_request, reply) => {
    handled += 1;
    return reply.type('application/json').send(answer);
  });
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
}

describe.each([
  ['an Express-style handler', expressLike],
  ['a Fastify hook', fastifyApp],
])('%s', (_name, start) => {
  let app: { url: string; close(): Promise<unknown> };
  beforeAll(async () => {
    app = await start();
  });
  afterAll(() => app.close());
  const pay = (): Promise<Response> => fetch(`${app.url}/pay`, { headers: { connection: 'close' } });

  test('passes the request on while nothing is active', async () => {
    expect(await (await pay()).text()).toBe(answer);
    expect(handled).toBe(1);
  });

  test.each([[{ kind: 'latency', delayMs: 5 }], [{ kind: 'custom', name: 'nothing' }]])(
    'passes the request on after %j',
    async (effect) => {
      await activated(payment.ask, { effect });
      expect(await (await pay()).text()).toBe(answer);
      expect(handled).toBe(1);
    },
  );

  test('answers an injected status without calling the handler', async () => {
    await activated(payment.ask, { effect: { kind: 'error', status: 503, message: 'gateway away' } });
    const response = await pay();
    expect([response.status, await response.json(), handled]).toEqual([503, { error: 'gateway away' }, 0]);
  });

  test('hands an injected exception to the application', async () => {
    await activated(payment.ask, { effect: { kind: 'error', status: 503, exception: true, message: 'boom' } });
    const response = await pay();
    expect([response.status, await response.json()]).toEqual([500, { caught: 'FaultError: boom' }]);
  });

  test('answers 429 with Retry-After above the rate', async () => {
    await activated(payment.ask, { effect: { kind: 'rate-limit', perSecond: 0 } });
    const response = await pay();
    expect([response.status, response.headers.get('retry-after'), handled]).toEqual([429, '1', 0]);
  });

  test('drops the connection without an answer', async () => {
    await activated(payment.ask, { effect: { kind: 'drop' } });
    await expect(pay()).rejects.toThrow('fetch failed');
    expect(handled).toBe(0);
  });

  test('cuts the body short after the handler has done its work', async () => {
    await activated(payment.ask, { effect: { kind: 'malformed', how: 'truncated' } });
    const response = await pay();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(handled).toBe(1);
  });

  test('breaks the JSON', async () => {
    await activated(payment.ask, { effect: { kind: 'malformed', how: 'broken-json' } });
    await expect((await pay()).json()).rejects.toMatchObject({ name: 'SyntaxError' });
  });

  test('answers JSON of another type', async () => {
    await activated(payment.ask, { effect: { kind: 'malformed', how: 'wrong-type' } });
    expect(await (await pay()).json()).toEqual([]);
  });
});
