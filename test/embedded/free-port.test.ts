import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePorts, requireFreePort } from '../../src/embedded/free-port';

describe('free ports', () => {
  it('are different from one another and can be listened on', async () => {
    const ports = await freePorts(5);
    expect(new Set(ports).size).toBe(5);
    const servers = ports.map((port) => createServer().listen(port, '127.0.0.1'));
    await Promise.all(servers.map((server) => once(server, 'listening')));
    await Promise.all(servers.map((server) => once(server.close(), 'close')));
  });
});

describe('a port that is asked for', () => {
  it('is taken when nobody listens on it, and can be used then', async () => {
    const [port = 0] = await freePorts(1);
    await requireFreePort(port);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');

    await expect(requireFreePort(port)).rejects.toThrow(
      new RegExp(`^Could not start the API on port ${port}: .*EADDRINUSE.*name another port`),
    );
    await once(server.close(), 'close');
  });
});
