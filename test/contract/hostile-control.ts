import { once } from 'node:events';
import { createServer } from 'node:http';

/** Something at the address of a fault control that answers with the caller's own token. */
export interface HostileControl {
  port: number;
  close(): void;
}

/** Starts a server that puts the token of every request into its answer: `status`, error text, headers, and body. */
export async function startHostileControl(status: number): Promise<HostileControl> {
  const server = createServer((request, response) => {
    const said = request.headers.authorization ?? '';
    response.writeHead(status, {
      'content-type': 'application/json',
      location: `http://127.0.0.1:9/${encodeURIComponent(said)}`,
    });
    response.end(JSON.stringify({ error: `you sent ${said}`, service: said, rules: said, id: said }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, close: () => void server.close().closeAllConnections() };
}
