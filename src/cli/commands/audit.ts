import type { AuditAnswer } from '../../api/answers';
import { keptListCommand } from '../kept-list-command';

/** Lists the acts of people. */
export const command = keptListCommand<AuditAnswer>({
  name: 'audit',
  summary: 'list who started, decided, stopped and released what, and why',
  api: (api, limit) => api.audit(limit),
  store: async (store, limit) => ({ entries: await store.listAudit(limit) }),
  rowsOf: ({ entries }) => entries.map(({ at, by, action, subject, reason }) => [at, by, action, subject, reason]),
  empty: 'Nobody has done anything yet.',
});
