import { once } from 'node:events';
import { createServer } from 'node:http';
import { latency } from '../../../../activities/faults/toxiproxy/latency';
import { timeout } from '../../../../activities/faults/toxiproxy/timeout';
import { lockKeyOf, targetOf } from '../../../../activities/faults/toxiproxy/targets';
import { anInjection } from '../../../fakes/injection';

const lockKey = lockKeyOf('http://toxiproxy-a:8474', 'redis');
const injection = anInjection({
  ...{ fault: 'toxiproxy/latency', lockKey, params: { delay: '300ms', jitter: '0ms', percent: 100 } },
  targets: [targetOf(lockKey, { proxy: 'redis', stream: 'upstream' })],
});
const free = { name: 'redis', listen: '127.0.0.1:1', upstream: 'redis:6379', enabled: true, toxics: [] };
const missing = { error: 'proxy not found', status: 404 };

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** Tools whose connection leads to another Toxiproxy than the injection's. */
async function toolsOfAnother(status: number, body: object) {
  const methods: string[] = [];
  const server = createServer(({ method = '' }, response) => {
    methods.push(method);
    response.writeHead(status).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => void server.close().closeAllConnections());
  const address = server.address();
  const connection = { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}` };
  const signal = AbortSignal.timeout(20_000);
  return { methods, tools: { connection, optedIn: [], environment: 'test', signal, now: Date.now } };
}

describe('a connection that leads to another Toxiproxy by now', () => {
  it.each([
    ['has no such proxy', 404, missing],
    ['has a proxy of that name', 200, free],
  ])('proves nothing about a fault that is not seen there, where it %s', async (_, status, body) => {
    const { tools } = await toolsOfAnother(status, body);
    await expect(latency.rollback(injection, tools)).rejects.toThrow(
      /cannot roll .* back: the connection leads to another Toxiproxy, .*, than toxiproxy:toxiproxy-a:8474\/redis.*set connections\.toxiproxy\.url/,
    );
    expect(await latency.status(injection, tools)).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining('another Toxiproxy'),
    });
  });

  it('is given no toxic, since nobody has surveyed it', async () => {
    const { tools, methods } = await toolsOfAnother(200, free);
    await expect(latency.arm?.(injection, tools)).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('another Toxiproxy'),
    });
    expect(methods).toEqual([]);
  });
});

describe('the fence', () => {
  it('is claimed only where one request alone brings about the harm', () => {
    expect([latency.capabilities.hasFence, timeout.capabilities.hasFence]).toEqual([true, false]);
  });
});
