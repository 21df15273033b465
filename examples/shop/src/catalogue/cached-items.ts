import type { Item } from './items';
import type { CacheAside } from './cache-aside';
import type { ItemSource } from './item-source';

/** The items of another source, read through a cache. */
export class CachedItems implements ItemSource {
  constructor(
    private readonly aside: CacheAside,
    private readonly source: ItemSource,
  ) {}

  async all(): Promise<readonly Item[]> {
    return (await this.aside.read('all', () => this.source.all())) ?? [];
  }

  one(sku: string): Promise<Item | undefined> {
    return this.aside.read(`sku:${sku}`, () => this.source.one(sku));
  }
}
