import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlHandler } from './control-handler';

/** Where the control listens; `token` is the secret that every request must carry. */
export interface ControlOptions {
  token: string;
  /** 0, unless given: a free port. */
  port?: number | undefined;
  /** 127.0.0.1, unless given. */
  host?: string | undefined;
}

/** A running control endpoint; `close` stops it, while rules in effect still end by their leases. */
export interface Control {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Starts the control endpoint, which never keeps the process alive; rejects when the token is empty or the port is taken. */
export async function startControl(options: ControlOptions): Promise<Control> {
  const { token, port = 0, host = '127.0.0.1' } = options;
  if (typeof token !== 'string' || token.trim() === '') {
    throw new Error('The fault control was not started: its token is empty. Pass a long random secret as `token`.');
  }
  const server = harmlessServer(token);
  const bound = await listen(server, port, host);
  return { url: `http://${urlHost(host)}:${bound}`, port: bound, close: () => close(server) };
}

/** A peer that connects and then sends nothing loses its place within seconds. */
const timeouts = { requestTimeout: 10_000, headersTimeout: 5_000, connectionsCheckingInterval: 1_000 };

function harmlessServer(token: string): Server {
  const server = createServer(timeouts, controlHandler(token));
  server.on('connection', (socket) => socket.unref());
  return server;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (problem) => reject(cannotListen(host, port, problem)));
    server.listen(port, host, () => {
      // Later troubles of the listening socket must not become an uncaught error of the application.
      server.on('error', () => undefined);
      server.unref();
      resolve(boundPort(server.address()));
    });
  });
}

function cannotListen(host: string, port: number, problem: Error): Error {
  const message = `The fault control was not started: it cannot listen on ${host} port ${port}. Pass another port, or 0.`;
  return new Error(message, { cause: problem });
}

function boundPort(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
