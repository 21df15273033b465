import type { AnyFaultDriver } from '../domain/fault-driver';
import type { SweepEnvironment } from '../sweep/sweep-environment';
import type { SweepReport } from '../sweep/sweep-report';
import { left, needOf } from './sentinel-need';

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
  /** Those of them in which the last sweep saw no fault, but could not look everywhere. */
  unseen: string[];
  /** By environment that needs it, until when the faults it saw there may last. */
  latestNotAfter: Record<string, string>;
  /** Which kinds it looks for where: a connection to their system is named. */
  watched: WatchedKind[];
  /** Where the last sweep could not look, or could not remove what it found. */
  failing: FailingKind[];
}

/** One kind of fault in one environment. */
interface WatchedKind {
  environment: string;
  fault: string;
}

/** One whose last sweep failed, and why in plain words. */
interface FailingKind extends WatchedKind {
  reason: string;
}

/** What a sentinel says before its first sweep. */
export function emptyHealth(): SentinelHealth {
  const nothing = { environments: [], problems: [], neededBy: [], unseen: [], watched: [], failing: [] };
  return { pid: process.pid, faults: 0, latestNotAfter: {}, ...nothing };
}

/** What one round of a sentinel found. */
export interface SentinelRound {
  drivers: AnyFaultDriver[];
  environments: SweepEnvironment[];
  problems: string[];
  report: SweepReport;
  /** What the round before said. */
  before: SentinelHealth;
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
    ...needOf(round),
    watched: watchedIn(round),
    failing: report.failed.map(({ environment, fault, reason }) => ({ environment, fault, reason })),
  };
}

function watchedIn({ drivers, environments }: SentinelRound): WatchedKind[] {
  return environments.flatMap((environment) =>
    drivers
      .filter(({ system }) => isConnected(environment, system.name))
      .map(({ kind }) => ({ environment: environment.name, fault: kind })),
  );
}

/** One that cannot be resolved now is a connection all the same, and its sweep has failed. */
function isConnected({ connections }: SweepEnvironment, system: string): boolean {
  try {
    return connections(system) !== undefined;
  } catch {
    return true;
  }
}
