import type { AuditEntry } from '../../domain/evidence-store';
import { jsonOption, limitOption, type Command } from '../command';
import { readKept } from '../read-kept';
import { table } from '../text/table';

/** Lists the acts of people. */
export const command: Command = {
  name: 'audit',
  summary: 'list who started, decided, stopped and released what, and why',
  options: [limitOption, jsonOption],
  details: 'Asks the API, or reads the store in this folder when nothing runs.',
  examples: ['gameday audit', 'gameday audit --limit 100 --json'],
  async run(world, input) {
    const limit = input.count('limit', { min: 1, max: 1000 }) ?? 20;
    const entries = await readKept<AuditEntry[]>(world, {
      api: async (api) => (await api.audit(limit)).entries,
      store: (store) => store.listAudit(limit),
    });
    const rows = entries.map(({ at, by, action, subject, reason }) => [at, by, action, subject, reason]);
    if (input.has('json')) world.output.json({ entries });
    else world.output.result(rows.length === 0 ? 'Nobody has done anything yet.' : table(rows));
    return 0;
  },
};
