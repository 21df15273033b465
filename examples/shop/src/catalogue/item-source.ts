import { ITEMS, type Item } from './items';

/** Where the catalogue reads what the shop sells. */
export interface ItemSource {
  /** Every item, in the order of their skus. */
  all(): Promise<readonly Item[]>;
  /** The item with this sku, if the shop sells it. */
  one(sku: string): Promise<Item | undefined>;
}

/** The items in memory: what the shop sells where no database is given. */
export const itemsInMemory: ItemSource = {
  all: async () => ITEMS,
  one: async (sku) => ITEMS.find((item) => item.sku === sku),
};
