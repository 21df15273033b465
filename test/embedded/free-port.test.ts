import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePorts } from '../../src/embedded/free-port';

describe('free ports', () => {
  it('are different from one another and can be listened on', async () => {
    const ports = await freePorts(5);
    expect(new Set(ports).size).toBe(5);
    const servers = ports.map((port) => createServer().listen(port, '127.0.0.1'));
    await Promise.all(servers.map((server) => once(server, 'listening')));
    await Promise.all(servers.map((server) => once(server.close(), 'close')));
  });
});
