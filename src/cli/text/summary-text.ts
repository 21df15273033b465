import type { VerdictWord } from '../../domain/verdict';
import type { Summary } from '../../report/summary';
import type { Paint } from '../output';

/** The end of an experiment for people: verdict, reasons, injections, timings, where the report is. */
export function summaryText(summary: Summary, paint: Paint): string {
  const { verdict, scenario, environment, isRehearsal, experimentId, reasons, injections, report } = summary;
  const what = `${isRehearsal ? 'rehearsal of ' : ''}${scenario} in ${environment} (${experimentId})`;
  return [
    `${verdictWord(verdict, paint)}  ${what}`,
    ...reasons.map((reason) => `  - ${reason}`),
    ...injections.map((injection) => `  ${injectionText(injection)}`),
    ...timingsText(summary),
    ...(report === undefined ? [] : [`  report: ${report}`]),
  ].join('\n');
}

const colors = {
  passed: 'green',
  failed: 'red',
  aborted: 'yellow',
  refused: 'yellow',
  errored: 'red',
  inconclusive: 'yellow',
} as const;

/** A verdict in its colour. */
export function verdictWord(verdict: VerdictWord, paint: Paint): string {
  return paint.bold(paint[colors[verdict]](verdict));
}

function injectionText({
  fault,
  lockKey,
  injectedAt,
  hits,
  seen,
  end,
  refusal,
  error,
}: Summary['injections'][number]): string {
  const met = hits === undefined ? '' : `, met ${hits}${seen === undefined ? '' : ` of ${seen}`} times`;
  if (injectedAt === undefined)
    return `${fault} on ${lockKey}: never injected${(refusal ?? error) ? ` (${refusal ?? error})` : ''}`;
  return `${fault} on ${lockKey}: injected ${injectedAt.slice(11, 19)}${met}, rollback ended ${end ?? 'unknown'}`;
}

function timingsText({ timings }: Summary): string[] {
  const { detectMs, rollbackMs, recoveryMs } = timings;
  const known = [
    ...(detectMs === null ? [] : [`detected after ${time(detectMs)}`]),
    ...(rollbackMs === null ? [] : [`rolled back in ${time(rollbackMs)}`]),
    ...(recoveryMs === null ? [] : [`recovered after ${time(recoveryMs)}`]),
  ];
  return known.length === 0 ? [] : [`  ${known.join(', ')}`];
}

function time(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
