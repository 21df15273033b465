import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { VerdictWord } from '../domain/verdict';

/** What became of one fault that a sweep looked at. */
type SweepOutcome = 'removed' | 'left' | 'failed';

/** What worker and server tell Prometheus; each call is cheap and never throws. */
export interface Metrics {
  /** Once per experiment that has a verdict. */
  experimentEnded(verdict: VerdictWord): void;
  injectionStarted(): void;
  injectionEnded(): void;
  /** From the first attempt to "seen gone". */
  rolledBack(fault: string, seconds: number): void;
  /** Once per fault that a sweep found. */
  sweepFound(finding: { environment: string; fault: string; outcome: SweepOutcome }): void;
  /** Prometheus' text format. */
  render(): Promise<{ contentType: string; text: string }>;
}

/** Makes the metrics of one process in a registry of their own, so that two in one process never clash. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const experiments = experimentsIn(registry);
  const active = activeIn(registry);
  const rollbacks = rollbacksIn(registry);
  const findings = findingsIn(registry);
  return {
    experimentEnded: (verdict) => experiments.inc({ verdict }),
    injectionStarted: () => active.inc(),
    injectionEnded: () => active.dec(),
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

function activeIn(registry: Registry): Gauge {
  const help = 'Injections whose fault this process has put into effect and not yet seen gone';
  return new Gauge({ name: 'gameday_injections_active', help, registers: [registry] });
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
