import type { ExperimentsAnswer } from '../../api/answers';
import { jsonOption, limitOption, type Command } from '../command';
import { readKept } from '../read-kept';
import { table } from '../text/table';

/** Lists the latest experiments. */
export const command: Command = {
  name: 'list',
  summary: 'list the latest experiments, newest first',
  options: [limitOption, jsonOption],
  details: 'Asks the API, or reads the store in this folder when nothing runs.',
  examples: ['gameday list', 'gameday list --limit 100 --json'],
  async run(world, input) {
    const limit = input.count('limit', { min: 1, max: 1000 }) ?? 20;
    const listed = await readKept<ExperimentsAnswer>(world, {
      api: (api) => api.experiments(limit),
      store: async (store) => ({ experiments: await store.listExperiments(limit), open: [], troubles: [] }),
    });
    for (const trouble of listed.troubles) world.output.note(trouble);
    if (input.has('json')) world.output.json(listed);
    else world.output.result(textOf(listed));
    return 0;
  },
};

function textOf({ experiments, open }: ExperimentsAnswer): string {
  const known = experiments.map((row) => {
    const state = row.verdict ?? (open.includes(row.experimentId) ? 'open' : 'no verdict');
    const kind = row.isRehearsal ? 'rehearsal' : 'experiment';
    return [row.startedAt, row.experimentId, state, kind, row.environment, row.startedBy, row.scenario];
  });
  const unknown = open.filter((id) => !experiments.some((row) => row.experimentId === id));
  const rows = [...unknown.map((id) => ['', id, 'open', '', '', '', '']), ...known];
  return rows.length === 0 ? 'No experiment is known here. "gameday run FILE" starts one.' : table(rows);
}
