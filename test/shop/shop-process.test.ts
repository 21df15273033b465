import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstLine, spawnShop, startShop, type StartedShop } from '../harness/shop';
import { eventually } from './eventually';
import { placeOrder } from './shop-client';

const dirs: string[] = [];

afterAll(() => dirs.forEach((dir) => rmSync(dir, { recursive: true, force: true })));

function aDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gameday-shop-'));
  dirs.push(dir);
  return dir;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function allGone(shop: StartedShop): boolean {
  return !Object.values(shop.pids).some(isAlive);
}

describe('a shop', () => {
  it('answers on every endpoint that it wrote a file for, and keeps the control token to its owner', async () => {
    const shop = await startShop({ dir: aDirectory() });
    for (const endpoint of ['checkout', 'payment', 'catalogue', 'auditor']) {
      const url = readFileSync(join(shop.dir, `${endpoint}.url`), 'utf8');
      expect((await fetch(`${url}/health`)).status).toBe(200);
    }
    expect(JSON.parse(readFileSync(join(shop.dir, 'pids.json'), 'utf8'))).toEqual(shop.pids);
    expect(statSync(join(shop.dir, 'payment-control.token')).mode & 0o777).toBe(0o600);
    expect(shop.controlToken).toMatch(/^[0-9a-f]{64}$/);
    await shop.stop();
  });

  it('leaves no process and no endpoint file behind when it is stopped', async () => {
    const shop = await startShop({ dir: aDirectory() });
    await shop.stop();
    expect(allGone(shop)).toBe(true);
    expect(readdirSync(shop.dir).filter((name) => name.endsWith('.url') || name === 'pids.json')).toEqual([]);
  });

  it('takes its services along when it is killed', async () => {
    const shop = await startShop({ dir: aDirectory() });
    process.kill(shop.pids.shop, 'SIGKILL');
    await eventually('every process is gone', () => allGone(shop));
  });

  it('stops when its standard input ends', async () => {
    const child = await spawnShop(aDirectory());
    const { pids } = JSON.parse(await firstLine(child, /^shop ready (.*)$/m)) as Pick<StartedShop, 'pids'>;
    const code = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    expect(await code).toBe(0);
    expect(Object.values(pids).some(isAlive)).toBe(false);
  });

  it('stops everything and ends with 1 when one of its services falls', async () => {
    const child = await spawnShop(aDirectory());
    const { pids } = JSON.parse(await firstLine(child, /^shop ready (.*)$/m)) as Pick<StartedShop, 'pids'>;
    const code = new Promise((resolve) => child.once('exit', resolve));
    process.kill(pids.catalogue, 'SIGKILL');
    expect(await code).toBe(1);
    expect(Object.values(pids).some(isAlive)).toBe(false);
  });

  it('says that it is already running when another one is up in the same directory, and leaves that one alone', async () => {
    const shop = await startShop({ dir: aDirectory() });
    const second = await spawnShop(shop.dir);
    const code = new Promise((resolve) => second.once('exit', resolve));
    const line = await firstLine(second, /^shop already running (.*)$/m);
    expect(await code).toBe(0);
    expect(JSON.parse(line)).toMatchObject({ pids: shop.pids, urls: shop.urls });
    expect(await placeOrder(shop, 'still-there')).toBe(200);
    await shop.stop();
  });

  it('lets only one of two that start together have the directory', async () => {
    const dir = aDirectory();
    const children = await Promise.all([spawnShop(dir), spawnShop(dir)]);
    const lines = await Promise.all(children.map((child) => firstLine(child, /^shop (ready|already running) /m)));
    expect(lines.sort()).toEqual(['already running', 'ready']);
    await Promise.all(children.map((child) => endOf(child)));
  });

  it('starts afresh where an earlier one was killed', async () => {
    const dir = aDirectory();
    const killed = await startShop({ dir });
    await placeOrder(killed, 'of-yesterday');
    process.kill(killed.pids.shop, 'SIGKILL');
    await eventually('every process is gone', () => allGone(killed));
    const shop = await startShop({ dir });
    expect(readdirSync(dir)).not.toContain('payment-ledger.jsonl');
    expect(shop.controlToken).not.toBe(killed.controlToken);
    await shop.stop();
  });

  it('starts where the noted process id belongs to a process that is no shop', async () => {
    const dir = aDirectory();
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'pids.json'), JSON.stringify({ shop: process.pid }));
    const shop = await startShop({ dir });
    await shop.stop();
  });

  it('refuses a setting that it does not understand, and says which', async () => {
    const child = await spawnShop(aDirectory(), { SHOP_FALLBACK: 'maybe' });
    await expect(firstLine(child, /^shop ready/m)).rejects.toThrow(
      'SHOP_FALLBACK: expected "on" or "off", found "maybe"',
    );
  });
});

async function endOf(child: Awaited<ReturnType<typeof spawnShop>>): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
