import type { AnyFaultDriver } from '../domain/fault-driver';
import type { SweepEnvironment } from '../sweep/sweep-environment';
import type { SweepReport } from '../sweep/sweep-report';

/** What a sentinel says of itself at `GET /health`. */
export interface SentinelHealth {
  pid: number;
  /** Names of the environments it can sweep. */
  environments: string[];
  /** When the last sweep ended; absent before the first. */
  lastSweepAt?: string;
  /** Faults that are left and still have time. */
  faults: number;
  /** What it could not read or remove, in plain words. */
  problems: string[];
  /** Environments in which some fault would outlive it, or might: a list that could not be read is not an empty one. */
  neededBy: string[];
}

/** What one round of a sentinel found. */
export interface SentinelRound {
  drivers: AnyFaultDriver[];
  environments: SweepEnvironment[];
  problems: string[];
  report: SweepReport;
  /** What the round before said. */
  neededBefore: string[];
  sweptAtMs: number;
}

/** Sums up a round. */
export function sentinelHealth(round: SentinelRound): SentinelHealth {
  const { environments, problems, report, sweptAtMs } = round;
  return {
    pid: process.pid,
    environments: environments.map(({ name }) => name),
    lastSweepAt: new Date(sweptAtMs).toISOString(),
    faults: left(report).length,
    problems: [
      ...problems,
      ...report.failed.map(({ environment, fault, reason }) => `${environment} ${fault}: ${reason}`),
    ],
    neededBy: neededBy(round),
  };
}

/**
 * Kinds that end by themselves need no sentinel when they cannot be listed, so that one whose target is gone can still
 * leave. An environment whose file cannot be read any more is needed as it was before.
 */
function neededBy({ drivers, environments, report, neededBefore }: SentinelRound): string[] {
  const lasting = new Set(drivers.filter(({ capabilities }) => capabilities.expiry === 'none').map(({ kind }) => kind));
  const unknown = report.failed.filter(({ fault }) => lasting.has(fault));
  const unread = neededBefore.filter((before) => environments.every(({ name }) => name !== before));
  return [...new Set([...[...left(report), ...unknown].map(({ environment }) => environment), ...unread])];
}

/** A fault that has drifted is no longer ours to wait for. */
function left({ kept }: SweepReport): SweepReport['kept'] {
  return kept.filter(({ state }) => state !== 'drifted');
}
