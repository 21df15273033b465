import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Probe } from '../../../src/domain/signal-provider';
import { fakeServer, until, type FakeServer } from './fake-server';
import { openProbe, readNow } from './open-probe';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(answer: Parameters<typeof fakeServer>[0]): Promise<FakeServer> {
  const server = await fakeServer(answer);
  open.push(server);
  return server;
}

async function probing(query: object, context = {}): Promise<Probe> {
  const probe = await openProbe('http', { rate: '50/s', ...query }, context);
  open.push(probe);
  return probe;
}

/** Waits until a client that is still open has sent so many at the same rate: one that went on would have sent as many. */
async function untilAnotherHasSent(count: number): Promise<void> {
  const server = await serve((_, response) => response.end());
  await probing({ url: server.url });
  await until(() => server.served.length >= count);
}

const countOf = async (probe: Probe, measure: string): Promise<number> => {
  const reading = await readNow(probe, measure);
  return reading.state === 'ok' ? Number(reading.value) : 0;
};

describe('the synthetic client', () => {
  it('sends at the rate it was told, by the log of the server', async () => {
    const server = await serve((_, response) => response.end());
    await probing({ url: server.url });
    await until(() => server.served.length >= 101);
    const [first, last] = [server.served[0], server.served[100]];
    const seconds = ((last?.atMs ?? 0) - (first?.atMs ?? 0)) / 1000;
    expect(100 / seconds).toBeGreaterThan(45);
    expect(100 / seconds).toBeLessThan(55);
  });

  it('goes on starting requests while a server stalls, and shows the stall in p95', async () => {
    const server = await serve((_, response, n) => {
      if (n <= 20) response.end();
      else setTimeout(() => response.end(), 1000);
    });
    const probe = await probing({ url: server.url });
    await until(() => server.served.length >= 50);
    // Thirty were started although not one of them has been answered.
    expect(await nOf(probe)).toBeLessThan(50);
    const gaps = server.served.slice(21).map((one, n) => one.atMs - (server.served[20 + n]?.atMs ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(900);
    await until(async () => (await nOf(probe)) >= 50);
    const p95 = await readNow(probe, 'p95');
    expect(p95.state === 'ok' && p95.value).toBeGreaterThanOrEqual(1000);
    expect(await readNow(probe, 'success-ratio')).toMatchObject({ value: 1 });
  });

  it('counts answers by class and keeps the latency of time-outs', async () => {
    const server = await serve((_, response, n) => {
      if (n % 4 === 0) response.writeHead(503).end();
      else if (n % 4 === 1) response.writeHead(404).end();
      else if (n % 4 === 2) response.end();
    });
    const probe = await probing({ url: server.url, timeout: '200ms' });
    await until(async () => (await countOf(probe, 'timeouts')) >= 5);
    await probe.close();
    expect(await countOf(probe, 'status-5xx')).toBeGreaterThanOrEqual(4);
    expect(await countOf(probe, 'status-4xx')).toBeGreaterThanOrEqual(5);
    expect(await countOf(probe, 'p99')).toBeGreaterThanOrEqual(199);
    const ratios = [await countOf(probe, 'success-ratio'), await countOf(probe, 'error-ratio')];
    expect(ratios[0]).toBeCloseTo(0.25, 1);
    expect((ratios[0] ?? 0) + (ratios[1] ?? 0)).toBeCloseTo(1, 10);
  });

  it('blames nobody for a pause of its own: no burst follows it, and an answer that came in time is no time-out', async () => {
    const { child, url } = await serveElsewhere();
    open.push({ close: async () => void child.kill() });
    const probe = await probing({ url, timeout: '500ms' });
    await until(async () => (await nOf(probe)) >= 20);
    const before = await nOf(probe);
    const pausedAtMs = performance.now();
    while (performance.now() < pausedAtMs + 1500);
    await until(async () => (await nOf(probe)) > before + 5);
    expect(await nOf(probe)).toBeLessThan(before + 40);
    expect(await readNow(probe, 'timeouts')).toMatchObject({ value: 0 });
  });

  it('does not follow a redirect and calls it a failure', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    const probe = await probing({ url: server.url });
    await until(async () => (await nOf(probe)) >= 5);
    expect(await readNow(probe, 'success-ratio')).toMatchObject({ state: 'ok', value: 0 });
    expect(server.served.every((one) => one.url === '/')).toBe(true);
  });

  it('accepts a redirect that is expected', async () => {
    const server = await serve((_, response) => response.writeHead(302).end());
    const probe = await probing({ url: server.url, expectStatus: '3xx' });
    await until(async () => (await nOf(probe)) >= 5);
    expect(await readNow(probe, 'success-ratio')).toMatchObject({ value: 1 });
  });

  it('counts refused connections', async () => {
    const gone = await fakeServer((_, response) => response.end());
    await gone.close();
    const probe = await probing({ url: gone.url });
    await until(async () => (await countOf(probe, 'refused')) >= 5);
    expect(await readNow(probe, 'error-ratio')).toMatchObject({ value: 1 });
  });

  it('counts connections that break in the middle of an answer', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half', () => response.destroy());
    });
    const probe = await probing({ url: server.url });
    await until(async () => (await countOf(probe, 'resets')) >= 5);
    expect(await readNow(probe, 'success-ratio')).toMatchObject({ value: 0 });
  });

  it('survives a server that does not speak HTTP', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.end('what?\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    const address = server.address();
    const probe = await probing({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` });
    await until(async () => (await nOf(probe)) >= 5);
    expect(await readNow(probe, 'success-ratio')).toMatchObject({ value: 0 });
  });

  it('bounds what waits for an answer, and counts what could not start as a failure', async () => {
    const server = await serve(() => undefined);
    const probe = await probing({ url: server.url, rate: '200/s', timeout: '10s' });
    await until(async () => (await countOf(probe, 'overflow')) >= 10);
    expect(server.served.length).toBeLessThanOrEqual(500);
    expect(await readNow(probe, 'p50')).toMatchObject({ value: 10_000 });
    await server.close();
  });

  it('is no data before the first request has ended', async () => {
    const server = await serve(() => undefined);
    const probe = await probing({ url: server.url, timeout: '500ms' });
    expect(await readNow(probe, 'success-ratio')).toMatchObject({ state: 'no-data' });
  });

  it('keeps its connections and shares none of them with the process', async () => {
    const server = await serve((_, response) => response.end());
    await probing({ url: server.url });
    await until(() => server.served.length >= 30);
    await fetch(server.url, { method: 'DELETE' });
    const portsOf = (method: string) => server.served.filter((one) => one.method === method).map((one) => one.port);
    expect(new Set(portsOf('GET')).size).toBeLessThan(10);
    expect(portsOf('GET')).not.toContain(portsOf('DELETE')[0]);
  });

  it('fills a fresh id into address, headers and body, and says which experiment it is', async () => {
    const server = await serve((_, response) => response.end());
    await probing({
      url: `${server.url}/orders/\${request.id}`,
      method: 'POST',
      headers: { 'x-order': 'order-${request.id}', baggage: 'theirs=1' },
      body: { order: { id: '${request.id}' }, items: ['a', 2] },
    });
    await until(() => server.served.length >= 10);
    const ids = server.served.map((one) => one.url.replace('/orders/', ''));
    expect(new Set(ids).size).toBe(ids.length);
    server.served.forEach((one, n) => {
      expect(one.method).toBe('POST');
      expect(one.headers).toMatchObject({ 'x-order': `order-${ids[n]}`, 'content-type': 'application/json' });
      expect(one.headers['baggage']).toBe('theirs=1,gameday.experiment=experiment%201');
      expect(JSON.parse(one.body)).toEqual({ order: { id: ids[n] }, items: ['a', 2] });
    });
  });

  it('sends a secret header and shows it in no reading', async () => {
    const secret = randomUUID();
    const server = await serve((_, response) => response.writeHead(500).end(secret));
    const connection = { resolve: () => Promise.resolve(`Bearer ${secret}`) };
    const probe = await probing({ url: server.url, headers: { Authorization: { env: 'SHOP_TOKEN' } } }, { connection });
    await until(async () => (await nOf(probe)) >= 3);
    expect(server.served[0]?.headers.authorization).toBe(`Bearer ${secret}`);
    expect(JSON.stringify([await readNow(probe, 'success-ratio'), probe.drain?.()])).not.toContain(secret);
  });

  it.each([
    [
      'is nowhere',
      { resolve: () => Promise.reject(new Error('hunter2')) },
      /refers to a secret that could not be found/,
    ],
    ['cannot be sent', { resolve: () => 'hunter2\nx: y' }, /has a value that cannot be sent/],
    ['has nobody to resolve it', undefined, /could not be found/],
  ])('sends nothing and says why when a secret %s', async (_, connection, reason) => {
    const server = await serve((__, response) => response.end());
    const probe = await probing({ url: server.url, headers: { cookie: { env: 'X' } } }, { connection });
    const reading = await readNow(probe, 'success-ratio');
    expect(reading).toMatchObject({ state: 'error', reason: expect.stringMatching(reason) });
    expect(JSON.stringify(reading)).not.toContain('hunter2');
    expect(server.served).toEqual([]);
  });

  it('waits on close for what is under way, closes twice as once, and starts nothing more', async () => {
    const server = await serve((_, response) => setTimeout(() => response.end(), 300));
    const probe = await probing({ url: server.url });
    await until(() => server.served.length >= 5);
    await Promise.all([probe.close(), probe.close()]);
    await probe.close();
    const served = server.served.length;
    expect(await readNow(probe, 'success-ratio')).toMatchObject({ value: 1, n: served });
    await untilAnotherHasSent(5);
    expect(server.served.length).toBe(served);
  });

  it('stops when the observation ends', async () => {
    const server = await serve((_, response) => response.end());
    const ended = new AbortController();
    const probe = await probing({ url: server.url }, { signal: ended.signal });
    await until(() => server.served.length >= 5);
    ended.abort();
    await probe.close();
    const served = server.served.length;
    await untilAnotherHasSent(5);
    expect(server.served.length).toBe(served);
  });

  it('opens no probe for an observation that has ended', async () => {
    const server = await serve((_, response) => response.end());
    const probe = await probing({ url: server.url }, { signal: AbortSignal.abort() });
    expect(await readNow(probe, 'p95')).toMatchObject({ state: 'error' });
    expect(server.served).toEqual([]);
  });

  it('hands out raw requests from which its readings can be computed again', async () => {
    const server = await serve((_, response, n) => response.writeHead(n % 2 ? 200 : 500).end());
    const probe = await probing({ url: server.url });
    await until(async () => (await nOf(probe)) >= 20);
    await probe.close();
    const reading = await readNow(probe, 'success-ratio');
    const raw = (probe.drain?.() ?? []) as [number, number, string][];
    const ok = raw.filter(([, , outcome]) => outcome === 'ok').length;
    expect(reading).toMatchObject({ n: raw.length, value: ok / raw.length });
    expect(raw.every(([completedAtMs, latencyMs]) => completedAtMs <= Date.now() && latencyMs >= 0)).toBe(true);
  });

  it.each([
    [{}, /^cannot open the http signal: url: .*; rate: /],
    [{ url: '${endpoints.checkout}/x', rate: '1/s' }, /url is no http address; was a placeholder left unfilled\?/],
  ])('refuses to open with an invalid query', async (query, message) => {
    await expect(openProbe('http', query)).rejects.toThrow(message);
  });
});

/** A server in a process of its own, which goes on while this one is paused. */
async function serveElsewhere(): Promise<{ child: ChildProcess; url: string }> {
  const answerLate = 'setTimeout(() => response.end(), 100)';
  const listen = "listen(0, '127.0.0.1', function () { console.log(this.address().port) })";
  const script = `require('node:http').createServer((_, response) => ${answerLate}).${listen}`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: `http://127.0.0.1:${port.toString().trim()}` };
}

async function nOf(probe: Probe): Promise<number> {
  const reading = await readNow(probe, 'rate');
  return reading.state === 'ok' ? reading.n : 0;
}
