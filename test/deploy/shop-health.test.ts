import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCompose } from './compose-file';

const dir = mkdtempSync(join(tmpdir(), 'gameday-shop-health-'));
const file = join(dir, 'checkout.url');
let checkout: Server;
let url: string;

beforeAll(async () => {
  checkout = createServer(({ url }, answer) => answer.writeHead(url === '/health' ? 200 : 404).end());
  await once(checkout.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(checkout.address() as AddressInfo).port}`;
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The exit code of the health check of docker-compose.yml, with the folder of this test. */
function check(): Promise<number | null> {
  const [, , ...args] = readCompose().services['shop']?.healthcheck?.test ?? [];
  const child = execFile(
    process.execPath,
    args.map((text) => text.replace('/run/shop', dir)),
  );
  return once(child, 'exit').then(([code]) => code as number | null);
}

test('the shop is healthy while checkout answers, and not because of a file that an earlier start left', async () => {
  expect(await check()).not.toBe(0);
  writeFileSync(file, `${url}\n`);
  expect(await check()).toBe(0);
  checkout.closeAllConnections();
  await new Promise((resolve) => checkout.close(resolve));
  expect(await check()).not.toBe(0);
});
