import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workplace, type Ended } from '../../harness/workplace';
import { freshDatabase, type FreshDatabase } from '../store/fresh-database';

/** What differs between the places where the catalogue's experiments run. */
interface CataloguePlace {
  redisUrl: string;
  /** The folder of environments in use. */
  environments: string;
  /** What stands beside the shop's own files, by name: where the environment finds its connections. */
  files: Record<string, string>;
  /** Further settings of the shop. */
  shop?: Record<string, string> | undefined;
}

/** A workplace whose catalogue reads through a real Redis and from a real database of its own. */
export class CatalogueWorkplace {
  private constructor(
    private readonly workplace: Workplace,
    private readonly database: FreshDatabase,
    private readonly environments: string,
  ) {}

  /** Starts the shop with these settings. */
  static async open({ redisUrl, environments, files, shop }: CataloguePlace): Promise<CatalogueWorkplace> {
    const database = await freshDatabase();
    const addresses = { SHOP_REDIS_URL: redisUrl, SHOP_POSTGRES_URL: database.url };
    // The database's name is nobody else's, so it also keeps the keys of several shops in one Redis apart.
    const workplace = await Workplace.open({ ...addresses, SHOP_CACHE_PREFIX: database.name, ...shop });
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(workplace.dir, '.gameday', 'shop', name), text, { mode: 0o600 });
    return new CatalogueWorkplace(workplace, database, environments);
  }

  /** The environment file in use. */
  get environmentFile(): string {
    return join(this.workplace.dir, this.environments, 'demo.yaml');
  }

  /** Runs `gameday` here with these environments. */
  run(words: string[]): Promise<Ended> {
    return this.workplace.run(words, { GAMEDAY_ENVIRONMENTS: this.environments });
  }

  /** Ends the shop and removes its database. */
  async close(): Promise<void> {
    await this.workplace.close();
    await this.database.drop();
  }
}
