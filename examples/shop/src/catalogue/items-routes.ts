import { json, type Answer, type Routes } from '../json-server';
import { CacheAway } from './cache-aside';
import type { ItemSource } from './item-source';

/** Answers `GET /items` and `GET /items/<sku>`: 200, 404 for a sku that is not sold, 503 when nothing can be read. */
export function itemsRoutes(items: ItemSource): Routes {
  return {
    'GET /items': () => orUnavailable(async () => json(200, { items: await items.all() })),
    'GET /items/*': ({ name }) => orUnavailable(() => oneItem(items, name)),
  };
}

async function oneItem(items: ItemSource, sku: string): Promise<Answer> {
  const item = await items.one(sku);
  return item ? json(200, item) : json(404, { error: `Reading the catalogue: nothing with sku ${sku} is sold.` });
}

async function orUnavailable(answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof CacheAway) return json(503, { error: error.message });
    // The reason may name hosts and users, which are none of the customer's business.
    return json(503, { error: 'Reading the catalogue: the database does not answer.' });
  }
}
