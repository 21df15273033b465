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
  /** Whether some fault would outlive it, or might: a list that could not be read is not an empty one. */
  isNeeded: boolean;
}

/** What one round of a sentinel found. */
export interface SentinelRound {
  drivers: AnyFaultDriver[];
  environments: SweepEnvironment[];
  problems: string[];
  report: SweepReport;
  sweptAtMs: number;
}

/** Sums up a round. Kinds that end by themselves do not need a sentinel, so that one whose target is gone can still leave. */
export function sentinelHealth({ drivers, environments, problems, report, sweptAtMs }: SentinelRound): SentinelHealth {
  const left = report.kept.filter(({ state }) => state !== 'drifted');
  const lasting = new Set(drivers.filter(({ capabilities }) => capabilities.expiry === 'none').map(({ kind }) => kind));
  const unknown = report.failed.filter(({ fault }) => lasting.has(fault));
  return {
    pid: process.pid,
    environments: environments.map(({ name }) => name),
    lastSweepAt: new Date(sweptAtMs).toISOString(),
    faults: left.length,
    problems: [
      ...problems,
      ...report.failed.map(({ environment, fault, reason }) => `${environment} ${fault}: ${reason}`),
    ],
    isNeeded: left.length > 0 || unknown.length > 0,
  };
}
