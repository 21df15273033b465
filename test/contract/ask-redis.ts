import { connect } from 'node:net';

/** How Redis answered on a new connection. */
export interface RedisAnswer {
  outcome: 'answered' | 'silent' | 'reset' | 'closed';
  tookMs: number;
}

/** Has Redis echo some bytes over a new connection, with nothing but a socket. */
export function askRedis(port: number, { bytes, withinMs }: { bytes: number; withinMs: number }): Promise<RedisAnswer> {
  const startedMs = performance.now();
  const wanted = `$${bytes}\r\n`.length + bytes + 2;
  return new Promise((resolve) => {
    let received = 0;
    const socket = connect({ host: '127.0.0.1', port });
    const end = (outcome: RedisAnswer['outcome']): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ outcome, tookMs: performance.now() - startedMs });
    };
    const timer = setTimeout(() => end('silent'), withinMs);
    socket.on('connect', () => socket.write(`*2\r\n$4\r\nECHO\r\n$${bytes}\r\n${'x'.repeat(bytes)}\r\n`));
    socket.on('error', ({ message }) => end(message.includes('ECONNRESET') ? 'reset' : 'closed'));
    socket.on('data', (part) => (received += part.length) >= wanted && end('answered'));
    socket.on('close', () => end('closed'));
  });
}
