import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, silenced and mended. */
export interface CuttableProxy {
  port: number;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Lets connections stand and carries nothing any more. */
  silence(): void;
  /** Carries everything again, also new connections. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a way to a port on loopback. */
export async function cuttableProxy(targetPort: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const carry = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('data', (chunk: Buffer) => void (isSilent || to.write(chunk)));
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    carry(client, target);
    carry(target, client);
  });
  const port = await listen(server, 0);
  const cut = async () => {
    const closed = server.listening ? new Promise<void>((done) => server.close(() => done())) : Promise.resolve();
    sockets.forEach((socket) => socket.destroy());
    await closed;
  };
  return {
    port,
    cut,
    silence: () => void (isSilent = true),
    async mend() {
      isSilent = false;
      if (!server.listening) await listen(server, port);
    },
    close: cut,
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
