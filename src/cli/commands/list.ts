import type { ExperimentsAnswer } from '../../api/answers';
import { keptListCommand } from '../kept-list-command';

/** Lists the latest experiments. */
export const command = keptListCommand<ExperimentsAnswer>({
  name: 'list',
  summary: 'list the latest experiments, newest first',
  api: (api, limit) => api.experiments(limit),
  store: async (store, limit) => ({ experiments: await store.listExperiments(limit), open: [], troubles: [] }),
  rowsOf,
  troublesOf: ({ troubles }) => troubles,
  empty: 'No experiment is known here. "gameday run FILE" starts one.',
});

function rowsOf({ experiments, open }: ExperimentsAnswer): string[][] {
  const known = experiments.map((row) => {
    const state = row.verdict ?? (open.includes(row.experimentId) ? 'open' : 'no verdict');
    const kind = row.isRehearsal ? 'rehearsal' : 'experiment';
    return [row.startedAt, row.experimentId, state, kind, row.environment, row.startedBy, row.scenario];
  });
  const unknown = open.filter((id) => !experiments.some((row) => row.experimentId === id));
  return [...unknown.map((id) => ['', id, 'open', '', '', '', '']), ...known];
}
