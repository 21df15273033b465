import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workplace, type Ended } from '../../harness/workplace';
import { freshDatabase, type FreshDatabase } from '../store/fresh-database';
import { openRedisProxy, type RedisProxy } from './redis-proxy';

const environments = 'environments/servers';

/** A workplace whose catalogue reads through a proxy of its own to the real Redis, and from a real database of its own. */
export class CatalogueWorkplace {
  private constructor(
    readonly workplace: Workplace,
    readonly proxy: RedisProxy,
    private readonly database: FreshDatabase,
  ) {}

  /** Starts the shop with these settings and names the proxy in the environment. */
  static async open(shop: Record<string, string> = {}): Promise<CatalogueWorkplace> {
    const [proxy, database] = await Promise.all([openRedisProxy(), freshDatabase()]);
    const addresses = { SHOP_REDIS_URL: proxy.redisUrl, SHOP_POSTGRES_URL: database.url };
    const workplace = await Workplace.open({ ...addresses, SHOP_CACHE_PREFIX: proxy.name, ...shop });
    writeFileSync(join(workplace.dir, '.gameday', 'shop', 'toxiproxy.url'), proxy.apiUrl);
    const file = join(workplace.dir, environments, 'demo.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('proxy: redis', `proxy: ${proxy.name}`));
    return new CatalogueWorkplace(workplace, proxy, database);
  }

  /** Runs `gameday` here, in the environment that has the real servers. */
  run(words: string[]): Promise<Ended> {
    return this.workplace.run(words, { GAMEDAY_ENVIRONMENTS: environments });
  }

  /** Ends the shop and removes proxy and database. */
  async close(): Promise<void> {
    await this.workplace.close();
    await Promise.all([this.proxy.remove(), this.database.drop()]);
  }
}
