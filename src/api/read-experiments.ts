import type { ExperimentsAnswer } from './answers';
import { askGameday, askStore } from './ask';
import { orTrouble } from './or-trouble';
import type { ApiParts } from './parts';

/** Lists stored experiments and the ids of open ones; what cannot be asked is said, not fatal. */
export async function readExperiments(parts: ApiParts, limit: number): Promise<ExperimentsAnswer> {
  const [stored, open] = await Promise.all([
    orTrouble(askStore(parts, 'Could not list stored experiments', (store) => store.listExperiments(limit))),
    orTrouble(askGameday('Could not list open experiments', () => parts.gameday.openExperiments())),
  ]);
  return {
    experiments: stored.values,
    open: open.values,
    ...(open.troubles.length > 0 ? { isOpenUnknown: true as const } : {}),
    troubles: [...stored.troubles, ...open.troubles],
  };
}
