import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the server saw it. */
export interface Served {
  atMs: number;
  /** The client's port: one per connection. */
  port: number | undefined;
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A real HTTP server on loopback with a log of its own. */
export interface FakeServer {
  url: string;
  served: Served[];
  close(): Promise<void>;
}

/** Starts a server on a free port that answers as told. */
export async function fakeServer(
  answer: (request: Served, response: ServerResponse, n: number) => void,
): Promise<FakeServer> {
  const server = createServer((request, response) => {
    const atMs = performance.now();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = {
        atMs,
        port: request.socket.remotePort,
        method,
        url,
        headers,
        body: Buffer.concat(chunks).toString(),
      };
      answer(one, response, fake.served.push(one));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

/** Waits until a condition holds; the test's own time-out ends it otherwise. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
