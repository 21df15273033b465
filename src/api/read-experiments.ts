import type { ExperimentsAnswer } from './answers';
import { ApiError } from './api-error';
import { askGameday, askStore } from './ask';
import type { ApiParts } from './parts';

/** Lists stored experiments and the ids of open ones; what cannot be asked is said, not fatal. */
export async function readExperiments(parts: ApiParts, limit: number): Promise<ExperimentsAnswer> {
  const [stored, open] = await Promise.all([
    orTrouble(askStore(parts, 'Could not list stored experiments', (store) => store.listExperiments(limit))),
    orTrouble(askGameday('Could not list open experiments', () => parts.gameday.openExperiments())),
  ]);
  return { experiments: stored.values, open: open.values, troubles: [...stored.troubles, ...open.troubles] };
}

async function orTrouble<T>(promise: Promise<T[]>): Promise<{ values: T[]; troubles: string[] }> {
  try {
    return { values: await promise, troubles: [] };
  } catch (error) {
    if (error instanceof ApiError) return { values: [], troubles: [`${error.message}: ${error.why}`] };
    throw error;
  }
}
