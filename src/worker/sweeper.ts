import type { Orchestrator } from '../../activities/tools';
import type { Injection } from '../domain/injection';
import type { EnvironmentFolder } from '../environments/environment-folder';
import type { Metrics } from '../metrics/metrics';
import { forSweep } from '../sweep/read-sweep-environments';
import type { Owner } from '../sweep/decide-removal';
import { sweep } from '../sweep/sweep';
import type { SweepReport } from '../sweep/sweep-report';

/** A worker sweeps its environments this often. */
const everyMs = 30_000;

/** What a sweep of a worker or server works with. */
export interface SweeperParts {
  folder: EnvironmentFolder;
  orchestrator: Orchestrator;
  home: string;
  metrics: Metrics;
}

/** Sweeps once: by `notAfter`, and, since Temporal can be asked here, by who holds the lock. */
export async function sweepOnce(parts: SweeperParts, environments: string[]): Promise<SweepReport> {
  const { folder, orchestrator, home, metrics } = parts;
  const chosen = folder.all().filter((environment) => environments.includes(environment.name));
  const report = await sweep({
    drivers: folder.catalogue.faults,
    environments: chosen.map((environment) =>
      forSweep(environment, { catalogue: folder.catalogue, env: { ...folder.source.env } }),
    ),
    homes: [home],
    ownerOf: (fault) => ownerOf(orchestrator, fault),
    now: Date.now,
  });
  for (const { environment, fault } of report.removed) metrics.sweepFound({ environment, fault, outcome: 'removed' });
  for (const { environment, fault } of report.failed) metrics.sweepFound({ environment, fault, outcome: 'failed' });
  return report;
}

/** Sweeps again and again until stopped; what it removes or cannot remove is logged. */
export function startSweeper(parts: SweeperParts, environments: string[], log: (line: string) => void): () => void {
  const timer = setInterval(() => void sweepOnce(parts, environments).then((report) => tell(report, log)), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function tell(report: SweepReport, log: (line: string) => void): void {
  for (const one of report.removed) log(`sweep removed ${one.injectionId} on ${one.lockKey}: ${one.reason}`);
  for (const one of report.failed) log(`sweep could not clear ${one.fault} in ${one.environment}: ${one.reason}`);
}

async function ownerOf(orchestrator: Orchestrator, fault: Injection): Promise<Owner> {
  try {
    const holder = await orchestrator.findHolder(fault.lockKey);
    return holder?.injectionId === fault.injectionId ? 'ours' : 'not-ours';
  } catch {
    return 'unknown';
  }
}
