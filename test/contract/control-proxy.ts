import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';

/** An HTTP proxy on the way to a fault control, at which the way can be cut and writes can be counted. */
export interface ControlProxy {
  port: number;
  /** While true, every request dies without an answer. */
  isCut: boolean;
  /** While true, every request is left without an answer and its connection open. */
  isSilent: boolean;
  /** Requests so far that were no reads. */
  writes: number;
  /** Called right before a write is passed on, with its number and itself; false drops it. */
  beforeWrite: (number: number, request: IncomingMessage) => boolean | Promise<boolean>;
  close(): void;
}

/** Starts a proxy to whatever port `target` names at the time of each request. */
export async function startControlProxy(target: () => number): Promise<ControlProxy> {
  const server = createServer((request, response) => {
    void admit(request).then((isAdmitted) => {
      if (proxy.isSilent) return;
      if (!isAdmitted || proxy.isCut) return void request.socket.destroy();
      pass(request, response, target());
    });
  });
  const admit = async (request: IncomingMessage): Promise<boolean> =>
    request.method === 'GET' || proxy.beforeWrite((proxy.writes += 1), request);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () => void server.close().closeAllConnections();
  const proxy: ControlProxy = { port, isCut: false, isSilent: false, writes: 0, beforeWrite: () => true, close };
  return proxy;
}

function pass(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = request;
  const onward = send({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => request.socket.destroy());
  request.pipe(onward);
}
