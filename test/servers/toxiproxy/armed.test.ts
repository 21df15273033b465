import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { bandwidth } from '../../../activities/faults/toxiproxy/bandwidth';
import { latency } from '../../../activities/faults/toxiproxy/latency';
import { resetPeer } from '../../../activities/faults/toxiproxy/reset-peer';
import { timeout } from '../../../activities/faults/toxiproxy/timeout';
import type { AnyFaultDriver } from '../../../src/domain/fault-driver';
import { openProxy, type OpenProxy } from './open-proxies';

const answerBytes = 6_000_000;
const kinds: [string, AnyFaultDriver, unknown][] = [
  [latency.kind, latency, { delay: '200ms', percent: 100 }],
  [timeout.kind, timeout, { percent: 100 }],
  [resetPeer.kind, resetPeer, { percent: 100 }],
  [bandwidth.kind, bandwidth, { rate: '1KB/s', percent: 100 }],
];

let upstream: Server;
let proxy: OpenProxy;
beforeAll(async () => {
  // Answers `all` with much and closes, anything else with the same.
  upstream = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (part) =>
      part.toString() === 'all' ? socket.end(Buffer.alloc(answerBytes)) : socket.write(part),
    );
  }).listen(0, '127.0.0.1');
  await once(upstream, 'listening');
});
afterAll(() => upstream.close());
beforeEach(async () => {
  const address = upstream.address();
  proxy = await openProxy(typeof address === 'object' && address !== null ? address.port : 0);
});
afterEach(() => proxy.close());

async function open(): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: await proxy.port() });
  await once(socket, 'connect');
  return socket;
}

async function echo(socket: Socket): Promise<string> {
  socket.write('hello');
  const [part] = await once(socket, 'data', { signal: AbortSignal.timeout(5_000) });
  return String(part);
}

/** Reads slowly at first, so that much is still under way when the other side closes. */
async function readAll(socket: Socket): Promise<number> {
  let bytes = 0;
  socket.pause();
  socket.write('all');
  await sleep(200);
  for await (const part of socket as AsyncIterable<Buffer>) bytes += part.length;
  return bytes;
}

describe.each(kinds)('%s while it is armed', (_, driver, params) => {
  it('leaves connections alone, those from before and new ones, until it is taken off again', async () => {
    const injection = proxy.injection(driver, params);
    const [before, other] = [await open(), await open()];
    expect(await echo(before)).toBe('hello');
    await driver.arm?.(injection, proxy.tools());
    expect((await driver.status(injection, proxy.tools())).state).toBe('armed');
    const during = await open();
    expect([await echo(before), await echo(during), await echo(other)]).toEqual(['hello', 'hello', 'hello']);
    expect(await readAll(await open())).toBe(answerBytes);
    expect(await driver.rollback(injection, proxy.tools())).toMatchObject({ end: 'absent', foundActive: false });
    expect([await echo(before), await echo(during), await echo(other)]).toEqual(['hello', 'hello', 'hello']);
    for (const socket of [before, during, other]) socket.destroy();
  });
});
