import { createServer, type Server } from 'node:http';
import type { SentinelHealth } from './sentinel-health';

/** A health page that is being served. */
export interface HealthServer {
  url: string;
  port: number;
  close(): void;
}

/** Serves `GET /health` as JSON and nothing else; port 0 takes a free one. Rejects when the port is taken. */
export function serveHealth(health: () => SentinelHealth, port: number, host: string): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const isHealth = request.method === 'GET' && request.url === '/health';
    response.writeHead(isHealth ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(isHealth ? health() : { error: 'only GET /health is known here' }));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(served(server, host)));
  });
}

function served(server: Server, host: string): HealthServer {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, url: `http://${host}:${port}`, close: () => void server.close().closeAllConnections() };
}
