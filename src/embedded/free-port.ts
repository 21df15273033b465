import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { errorMessage } from './error-code';

async function listen(host: string, port = 0): Promise<Server> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('Asked for a TCP port, got another kind of socket.');
  return address.port;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

/** Returns `count` different TCP ports that were free on `host` a moment ago; another process may still take one first. */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(host)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(close));
  return ports;
}

/** Resolves when the API could listen on `port` of `host` at this moment. Errors: why not, and what would help. */
export async function requireFreePort(port: number, host = '127.0.0.1'): Promise<void> {
  const server = await listen(host, port).catch((error: unknown) => {
    const help = 'End what uses it, name another port, or none to get a free one.';
    throw new Error(`Could not start the API on port ${port}: ${errorMessage(error)}. ${help}`, { cause: error });
  });
  await close(server);
}
