import type { AnyFaultDriver } from '../domain/fault-driver';
import type { Ownership } from './decide-removal';
import { sweepDriver } from './sweep-driver';
import type { SweepEnvironment } from './sweep-environment';
import { emptyReport, type SweepReport } from './sweep-report';

/** What to sweep. */
export interface SweepRequest extends Ownership {
  drivers: AnyFaultDriver[];
  environments: SweepEnvironment[];
  /** Milliseconds since the epoch. */
  now(): number;
  /** For one driver in one environment. */
  timeoutMs?: number;
}

const timeoutMs = 10_000;

/**
 * Removes every fault of ours whose time is over or that nobody holds any more, with nothing but drivers and environments.
 * Never throws: what could not be done stands in the report. All drivers work at once, so that none waits for a slow one.
 */
export async function sweep(request: SweepRequest): Promise<SweepReport> {
  const report = emptyReport();
  const works = request.environments.flatMap((environment) =>
    request.drivers.map((driver) => sweepDriver({ timeoutMs, ...request, driver, environment }, report)),
  );
  await Promise.all(works);
  return report;
}
