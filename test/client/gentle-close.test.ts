import { once } from 'node:events';
import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connect } from '../../src/client/connect';
import { eventually } from '../contract/eventually';

// gRPC over HTTP/2: an answer that is a status alone, and one with an empty message.
const unavailable = '14';
const emptyMessage = Buffer.alloc(5);

/** Answers like Temporal at first contact, and to everything else that it is not available. */
function anAilingTemporal(asked: string[]): Http2Server {
  const server = createServer();
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    const path = String(headers[':path']);
    asked.push(path);
    const head = { ':status': 200, 'content-type': 'application/grpc' };
    if (!path.endsWith('/GetSystemInfo'))
      return void stream.respond({ ...head, 'grpc-status': unavailable }, { endStream: true });
    stream.respond(head, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(emptyMessage);
  });
  return server;
}

describe('a connection to Temporal', () => {
  const asked: string[] = [];
  const calls = (): number => asked.filter((path) => path.endsWith('/DescribeNamespace')).length;
  let server: Http2Server;
  let isConnected: () => boolean;
  beforeEach(async () => {
    asked.length = 0;
    server = anAilingTemporal(asked).listen(0, '127.0.0.1');
    let open = 0;
    isConnected = () => open > 0;
    server.on('session', (session) => {
      open += 1;
      session.on('close', () => (open -= 1));
    });
    await once(server, 'listening');
  });
  afterEach(() => void server.close());

  it('that is closed while a call waits for its next attempt lets that call fail and nothing else', async () => {
    const { port } = server.address() as AddressInfo;
    const connected = await connect({ address: `127.0.0.1:${port}`, namespace: 'default' });
    const failed = connected.readNamespaceId().then(
      () => 'an answer',
      (error: unknown) => String(error),
    );
    await eventually('the first attempt', 5_000, async () => calls() === 1);
    // Its answer has to be here for the next attempt to be set.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await connected.close();
    expect(await failed).toContain('UNAVAILABLE');
    expect(calls()).toBeLessThanOrEqual(2);
    await eventually('the channel is closed', 10_000, async () => !isConnected());
  });

  it('that was never in trouble is closed at once', async () => {
    const { port } = server.address() as AddressInfo;
    const connected = await connect({ address: `127.0.0.1:${port}`, namespace: 'default' });
    await connected.close();
    await eventually('the channel is closed', 5_000, async () => !isConnected());
  });
});
