import { CircuitBreaker } from '../circuit-breaker';
import { optionalSetting, switchSetting } from '../settings';
import { CacheAside } from './cache-aside';
import { CachedItems } from './cached-items';
import { itemsInMemory, type ItemSource } from './item-source';
import { PostgresItems } from './postgres-items';
import { RedisCache, type CacheUse } from './redis-cache';
import { RedisConnection } from './redis-connection';
import { warmUp } from './warm-up';

// A cache is worth asking for as long as it is faster than the database; a tenth of a second is generous.
const COMMAND_MS = 100;
const BOUNDS = { connectMs: 500, silenceMs: 2_000, pingEveryMs: 1_000, reconnectMinMs: 50, reconnectMaxMs: 1_000 };
const BREAKER = { calls: 10, failureShare: 0.5, openMs: 1_000, trialCalls: 2, trialMs: 2_000 };
const TTL_MS = 20_000;
const WARM_UP_MS = 2_000;

/** Where the catalogue reads, and what it says about that in its health. */
export interface OpenItems {
  items: ItemSource;
  describe(): object;
}

/** Opens the items: in Postgres behind Redis where both addresses are given, in memory where neither is. */
export async function openItems(): Promise<OpenItems> {
  const redisUrl = optionalSetting('SHOP_REDIS_URL');
  const postgresUrl = optionalSetting('SHOP_POSTGRES_URL');
  if (redisUrl && postgresUrl) return openCached(redisUrl, postgresUrl);
  if (!redisUrl && !postgresUrl) return { items: itemsInMemory, describe: () => ({ source: 'memory' }) };
  const [given, missing] = redisUrl ? ['SHOP_REDIS_URL', 'SHOP_POSTGRES_URL'] : ['SHOP_POSTGRES_URL', 'SHOP_REDIS_URL'];
  throw new Error(`Opening the catalogue: ${given} is set and ${missing} is not. Set both, or neither.`);
}

async function openCached(redisUrl: string, postgresUrl: string): Promise<OpenItems> {
  const source = new PostgresItems(postgresUrl);
  await source.seed();
  const hasTimeouts = switchSetting('SHOP_CACHE_TIMEOUTS', 'on');
  const connection = new RedisConnection(redisUrl, hasTimeouts ? BOUNDS : undefined);
  const cache = new RedisCache(connection, new CircuitBreaker(BREAKER), cacheUse(hasTimeouts));
  const aside = new CacheAside(cache, switchSetting('SHOP_CACHE_FALLBACK', 'on'));
  const items = new CachedItems(aside, source);
  await warmUp(items, connection.connected, WARM_UP_MS);
  return { items, describe: () => describe(aside, cache, hasTimeouts) };
}

function cacheUse(hasTimeouts: boolean): CacheUse {
  const prefix = optionalSetting('SHOP_CACHE_PREFIX') ?? 'shop';
  return { prefix, ttlMs: TTL_MS, commandMs: hasTimeouts ? COMMAND_MS : undefined };
}

function describe({ hitRatio, hasFallback }: CacheAside, { breaker }: RedisCache, hasTimeouts: boolean): object {
  return {
    source: 'postgres',
    breakers: { redis: breaker.current() },
    cache: { hitRatio: hitRatio.current() },
    fallback: hasFallback ? 'on' : 'off',
    timeouts: hasTimeouts ? 'on' : 'off',
  };
}
