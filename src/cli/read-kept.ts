import type { EvidenceStore } from '../domain/evidence-store';
import { Api } from './api';
import type { World } from './world';

/** Asks the API, or reads the store's file when nothing runs. */
export async function readKept<T>(
  world: World,
  ways: { api(api: Api): Promise<T>; store(store: EvidenceStore): Promise<T> },
): Promise<T> {
  const access = await world.findApi();
  if (access) return ways.api(new Api(access));
  const store = await world.offline.store();
  try {
    return await ways.store(store);
  } finally {
    await store.close();
  }
}
