import { CacheAside, CacheAway, type Lookup, type TextCache } from '../../examples/shop/src/catalogue/cache-aside';
import { RedisCache } from '../../examples/shop/src/catalogue/redis-cache';
import { reconnectMs } from '../../examples/shop/src/catalogue/redis-connection';
import { CircuitBreaker } from '../../examples/shop/src/circuit-breaker';
import { firstLine, spawnShop, startShop } from '../harness/shop';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

class FakeCache implements TextCache {
  readonly texts = new Map<string, string>();
  isAway = false;

  async get(key: string): Promise<Lookup> {
    if (this.isAway) return { found: 'away' };
    const text = this.texts.get(key);
    return text === undefined ? { found: 'miss' } : { found: 'hit', text };
  }

  async set(key: string, text: string): Promise<void> {
    if (!this.isAway) this.texts.set(key, text);
  }
}

function aDatabase(value: unknown = { price: 165 }) {
  const database = { loads: 0, load: async () => (database.loads++, value) };
  return database;
}

describe('reading through a cache', () => {
  it('asks the database once and then the cache', async () => {
    const aside = new CacheAside(new FakeCache(), true);
    const database = aDatabase();
    expect(await aside.read('jug', database.load)).toEqual({ price: 165 });
    expect(await aside.read('jug', database.load)).toEqual({ price: 165 });
    expect(database.loads).toBe(1);
    expect(aside.hitRatio.current()).toBe(0.5);
  });

  it('asks the database once for many readers of a key that the cache has just lost', async () => {
    const aside = new CacheAside(new FakeCache(), true);
    const database = aDatabase();
    await Promise.all(Array.from({ length: 50 }, () => aside.read('jug', database.load)));
    expect(database.loads).toBe(1);
  });

  it('falls back to the database while the cache is away, and says that no read was a hit', async () => {
    const cache = new FakeCache();
    cache.isAway = true;
    const aside = new CacheAside(cache, true);
    expect(await aside.read('jug', aDatabase().load)).toEqual({ price: 165 });
    expect(aside.hitRatio.current()).toBe(0);
  });

  it('refuses while the cache is away when it may not fall back, but still loads what a cache lacks', async () => {
    const cache = new FakeCache();
    const aside = new CacheAside(cache, false);
    expect(await aside.read('jug', aDatabase().load)).toEqual({ price: 165 });
    cache.isAway = true;
    await expect(aside.read('jug', aDatabase().load)).rejects.toThrow(CacheAway);
  });

  it('never keeps what the database does not have, and a failed load is not remembered', async () => {
    const cache = new FakeCache();
    const aside = new CacheAside(cache, true);
    expect(await aside.read('boat', async () => undefined)).toBeUndefined();
    await expect(aside.read('jug', () => Promise.reject(new Error('no connection')))).rejects.toThrow('no connection');
    expect([...cache.texts]).toEqual([]);
    expect(await aside.read('jug', aDatabase().load)).toEqual({ price: 165 });
  });

  it('knows no hit ratio before the first read', () => {
    expect(new CacheAside(new FakeCache(), true).hitRatio.current()).toBeNull();
  });
});

describe('the cache in Redis', () => {
  const limits = { calls: 4, failureShare: 0.5, openMs: 60_000, trialCalls: 2, trialMs: 1_000 };

  function aCache(get: () => Promise<string | null>) {
    const connection = { reopened: 0, asked: 0, written: [] as [string, string, number][] };
    const port = {
      get: () => (connection.asked++, get()),
      set: async (...write: [string, string, number]) => void connection.written.push(write),
      reopen: () => void connection.reopened++,
    };
    const use = { prefix: 'shop', ttlMs: 1_000, commandMs: 5 };
    return { connection, cache: new RedisCache(port, new CircuitBreaker(limits), use) };
  }

  it('gives a command up that does not answer in time, and after a few of these asks no more and connects anew', async () => {
    const { cache, connection } = aCache(() => new Promise<never>(() => undefined));
    for (let read = 0; read < 10; read++) expect(await cache.get('jug')).toEqual({ found: 'away' });
    expect(connection.asked).toBe(limits.calls);
    expect(cache.breaker.current()).toBe('open');
    expect(connection.reopened).toBe(1);
  });

  it('tells a key that is not there from a cache that is not there', async () => {
    expect(await aCache(async () => null).cache.get('jug')).toEqual({ found: 'miss' });
    expect(await aCache(() => Promise.reject(new Error('refused'))).cache.get('jug')).toEqual({ found: 'away' });
  });

  it('keeps keys under its prefix for their time to live or up to a quarter longer', async () => {
    const { cache, connection } = aCache(async () => null);
    for (let write = 0; write < 4; write++) await cache.set('jug', '{}');
    for (const [key, text, ttlMs] of connection.written) {
      expect([key, text]).toEqual(['shop:jug', '{}']);
      expect(ttlMs).toBeGreaterThanOrEqual(1_000);
      expect(ttlMs).toBeLessThanOrEqual(1_250);
    }
  });

  it('waits longer before each attempt to connect, within bounds and never exactly as long as others', () => {
    const bounds = { reconnectMinMs: 50, reconnectMaxMs: 1_000 };
    const within = (retries: number, low: number, high: number) => {
      const waits = Array.from({ length: 50 }, () => reconnectMs(retries, bounds));
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...waits)).toBeLessThanOrEqual(high);
      expect(new Set(waits).size).toBeGreaterThan(1);
    };
    within(0, 25, 50);
    within(3, 200, 400);
    within(1_000, 500, 1_000);
  });
});

describe('the catalogue', () => {
  it('sells what is in memory where neither Redis nor Postgres is given', async () => {
    const shop = await startShop({ env: { SHOP_REDIS_URL: '', SHOP_POSTGRES_URL: '' } });
    const ask = async (path: string) => {
      const answer = await fetch(`${shop.urls.catalogue}${path}`);
      return { status: answer.status, body: await answer.json() };
    };
    expect(await ask('/items')).toMatchObject({ status: 200, body: { items: expect.arrayContaining([jug]) } });
    expect(await ask('/items/milk-jug')).toEqual({ status: 200, body: jug });
    expect(await ask('/items/boat')).toMatchObject({ status: 404 });
    expect(await ask('/health')).toMatchObject({ status: 200, body: { source: 'memory' } });
    await shop.stop();
  });

  it('does not start with one of the two alone, and says which is missing', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'gameday-shop-'));
    const child = await spawnShop(dir, { SHOP_REDIS_URL: 'redis://127.0.0.1:1', SHOP_POSTGRES_URL: '' });
    await expect(firstLine(child, /^shop ready/m)).rejects.toThrow('SHOP_POSTGRES_URL is not');
    rmSync(dir, { recursive: true, force: true });
  });
});

const jug = { sku: 'milk-jug', name: 'Milk jug, 350 ml', price: 1650 };
