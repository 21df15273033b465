import { createServer, type ServerResponse } from 'node:http';
import { configureFaults, faultPoint, startControl, type FaultOutcome } from '@gameday/sdk';

/** A real application with fault points: `GET /call/<point>?key=…` passes one and answers as the outcome says. */
const { service, points, token, bounds, enabled } = JSON.parse(process.argv[2] ?? '{}');

const good = JSON.stringify({ isGood: true, items: [1, 2, 3] });

function answer(response: ServerResponse, outcome: FaultOutcome | undefined): void {
  if (outcome?.effect === 'error') response.writeHead(outcome.status).end('{"isGood":false}');
  else if (outcome?.effect === 'rate-limit') response.writeHead(429, { 'retry-after': '1' }).end('{"isGood":false}');
  else if (outcome?.effect === 'malformed') response.end(good.slice(0, 9));
  else response.end(good);
}

async function main(): Promise<void> {
  configureFaults({ service, points, bounds, enabled });
  const control = await startControl({ token });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const passed = Promise.resolve(
      faultPoint(url.pathname.replace('/call/', ''), { key: url.searchParams.get('key') ?? '' }),
    );
    passed.then(
      (outcome) => answer(response, outcome),
      () => response.writeHead(500).end('{"isGood":false}'),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    process.stdout.write(`${JSON.stringify({ control: control.port, port })}\n`);
  });
}

void main();
