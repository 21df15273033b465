import type { SweepReport } from '../sweep/sweep-report';
import type { SentinelHealth, SentinelRound } from './sentinel-health';

/** Where a sentinel is needed, and what it knows of the faults there. */
export type SentinelNeed = Pick<SentinelHealth, 'neededBy' | 'unseen' | 'latestNotAfter'>;

/**
 * Sums up who needs the sentinel after a round. Kinds that end by themselves need none when they cannot be listed, so that
 * one whose target is gone can still leave. An environment that was not handed to the round is needed as it was before.
 */
export function needOf({ drivers, environments, report, before }: SentinelRound): SentinelNeed {
  const lasting = new Set(drivers.filter(({ capabilities }) => capabilities.expiry === 'none').map(({ kind }) => kind));
  const failed = report.failed.filter(({ fault }) => lasting.has(fault));
  const unread = before.neededBy.filter((name) => environments.every((one) => one.name !== name));
  const seen = namesOf([...left(report), ...failed.filter(({ injectionId }) => injectionId !== undefined)]);
  const hidden = [...namesOf(failed), ...unread];
  const neededBy = [...new Set([...seen, ...hidden])];
  return {
    neededBy,
    unseen: hidden.filter((name) => !seen.includes(name)),
    latestNotAfter: Object.fromEntries(
      neededBy.flatMap((name) => {
        const known = hidden.includes(name) ? before.latestNotAfter[name] : undefined;
        const notAfter = latest([known, ...left(report).map((one) => notAfterIn(name, one))]);
        return notAfter === undefined ? [] : [[name, notAfter]];
      }),
    ),
  };
}

/** A fault that has drifted is no longer ours to wait for. */
export function left({ kept }: SweepReport): SweepReport['kept'] {
  return kept.filter(({ state }) => state !== 'drifted');
}

function namesOf(items: { environment: string }[]): string[] {
  return [...new Set(items.map(({ environment }) => environment))];
}

function notAfterIn(name: string, fault: { environment: string; notAfter: string }): string | undefined {
  return fault.environment === name ? fault.notAfter : undefined;
}

function latest(instants: (string | undefined)[]): string | undefined {
  const known = instants.filter((one) => one !== undefined);
  return known.sort((one, other) => Date.parse(one) - Date.parse(other)).at(-1);
}
