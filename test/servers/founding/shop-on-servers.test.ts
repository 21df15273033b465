import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { server } from '../../harness/servers';
import { WatchedProcess } from '../../harness/watched-process';

const script = resolve(__dirname, '..', '..', '..', 'scripts', 'shop-on-servers.mjs');
const name = `redis_${randomBytes(4).toString('hex')}`;
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'gameday-shop-on-servers-'));
});

afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
  const client = new Client(await server('postgres').then(({ url }) => url));
  await client.connect();
  await client.query(`drop database if exists shop_${name} with (force)`);
  await client.end();
});

async function proxies(): Promise<string[]> {
  const { url } = await server('toxiproxy');
  return Object.keys((await (await fetch(`${url}/proxies`)).json()) as object);
}

test('the script starts the shop on the real servers behind a proxy, and takes the proxy along when it ends', async () => {
  const shop = new WatchedProcess(spawn(process.execPath, [script, '--dir', dir, '--proxy', name], { stdio: 'pipe' }));
  await shop.says(/^shop ready/m, 120_000);
  expect(await proxies()).toContain(name);
  expect(readFileSync(join(dir, 'toxiproxy.url'), 'utf8')).toBe((await server('toxiproxy')).url);
  const catalogue = readFileSync(join(dir, 'catalogue.url'), 'utf8');
  expect((await fetch(`${catalogue}/items/milk-jug`)).status).toBe(200);
  const health: unknown = await (await fetch(`${catalogue}/health`)).json();
  expect(health).toMatchObject({
    source: 'postgres',
    breakers: { redis: 'closed' },
    cache: { hitRatio: expect.any(Number) },
  });
  expect((await shop.end('SIGTERM')).code).toBe(0);
  expect(await proxies()).not.toContain(name);
}, 180_000);
