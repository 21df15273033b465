import { createServer } from 'node:http';
import { configureFaults, faultPoint, startControl } from '@gameday/sdk';

/**
 * A small real application with one fault point. `GET /order` answers 200 whether or not charging fails, `GET /charge` fails
 * with it, `GET /quiet` never charges, `GET /broken` always fails.
 */
const { service, token } = JSON.parse(process.argv[2] ?? '{}');

async function statusOf(path: string): Promise<number> {
  if (path === '/broken') return 500;
  if (path === '/quiet') return 200;
  const outcome = await faultPoint('charge');
  return outcome?.effect === 'error' && path === '/charge' ? outcome.status : 200;
}

async function main(): Promise<void> {
  configureFaults({ service, points: ['charge'] });
  const control = await startControl({ token });
  const server = createServer((request, response) => {
    void statusOf(request.url ?? '').then((status) => response.writeHead(status).end('{}'));
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    process.stdout.write(`${JSON.stringify({ control: control.port, port })}\n`);
  });
}

void main();
