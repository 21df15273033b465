import type { SweepAnswer } from '../../api/answers';
import { table } from './table';
import { troublesText } from './troubles-text';

/** What a sweep found, for people. */
export function sweepText({ findings, troubles }: SweepAnswer): string {
  const rows = findings.map((one) => [
    one.outcome,
    one.injectionId,
    one.fault,
    one.lockKey,
    one.environment,
    one.reason,
  ]);
  const none =
    troubles.length === 0 ? 'No fault of ours was found.' : 'No fault of ours was found where it could be asked.';
  const found = rows.length === 0 ? none : table(rows);
  return [found, ...troublesText(troubles, 'could not look everywhere')].join('\n');
}
