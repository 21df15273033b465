import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { VerdictWord } from '../domain/verdict';

/** What became of one fault that a sweep looked at. */
type SweepOutcome = 'removed' | 'left' | 'failed';

/** What worker and server tell Prometheus; each call is cheap and never throws. */
export interface Metrics {
  /** Once per experiment that has a verdict. */
  experimentEnded(verdict: VerdictWord): void;
  /** From the first attempt to "seen gone". */
  rolledBack(fault: string, seconds: number): void;
  /** Once per fault that a sweep found. */
  sweepFound(finding: { environment: string; fault: string; outcome: SweepOutcome }): void;
  /** Prometheus' text format. */
  render(): Promise<{ contentType: string; text: string }>;
}

/**
 * Makes the metrics of one process in a registry of their own, so that two in one process never clash. `countActive` is asked
 * at each reading and answers or rejects within seconds.
 */
export function createMetrics(countActive: () => Promise<number> = async () => 0): Metrics {
  const registry = new Registry();
  const experiments = experimentsIn(registry);
  countActiveIn(registry, countActive);
  const rollbacks = rollbacksIn(registry);
  const findings = findingsIn(registry);
  return {
    experimentEnded: (verdict) => experiments.inc({ verdict }),
    rolledBack: (fault, seconds) => rollbacks.observe({ fault }, Math.max(0, seconds)),
    sweepFound: (finding) => findings.inc({ ...finding }),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

const verdictWords: VerdictWord[] = ['passed', 'failed', 'aborted', 'refused', 'errored', 'inconclusive'];

// A counter that starts at zero lets an alert see its first increase.
function experimentsIn(registry: Registry): Counter<'verdict'> {
  const help = 'Experiments that ended, by verdict';
  const counter = new Counter({
    name: 'gameday_experiments_total',
    help,
    labelNames: ['verdict'],
    registers: [registry],
  });
  for (const verdict of verdictWords) counter.inc({ verdict }, 0);
  return counter;
}

// Counted when it is asked for, since the worker that injects may not be the one that rolls back; unknown is no sample.
function countActiveIn(registry: Registry, countActive: () => Promise<number>): void {
  const help =
    'Injections whose fault may be in effect: prepared and not yet seen gone, as Temporal knows them; every process says the same, so take the maximum';
  new Gauge({
    ...{ name: 'gameday_injections_active', help, registers: [registry] },
    async collect() {
      const count = await countActive().catch(() => undefined);
      if (count === undefined) this.remove();
      else this.set(count);
    },
  });
}

function rollbacksIn(registry: Registry): Histogram<'fault'> {
  return new Histogram({
    name: 'gameday_rollback_seconds',
    help: 'Time from the first attempt to roll back until the fault was seen gone',
    labelNames: ['fault'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120],
    registers: [registry],
  });
}

function findingsIn(registry: Registry): Counter<'environment' | 'fault' | 'outcome'> {
  return new Counter({
    name: 'gameday_sweep_findings_total',
    help: 'Faults that a sweep found, by what became of them',
    labelNames: ['environment', 'fault', 'outcome'],
    registers: [registry],
  });
}
