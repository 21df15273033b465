import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { nothing } from '../../activities/faults/noop/nothing';
import type { Orchestrator } from '../../activities/tools';
import type { DriverTools } from '../../src/domain/fault-driver';
import type { Injection } from '../../src/domain/injection';
import { EnvironmentFolder } from '../../src/environments/environment-folder';
import { createMetrics } from '../../src/metrics/metrics';
import type { SweepReport } from '../../src/sweep/sweep-report';
import { sweepOnce } from '../../src/worker/sweeper';

const environment = `kind: environment
name: demo
connections:
  noop: { directory: ../markers }
targets:
  noop: [{ name: anything }]
limits: { targetsMax: 1, trafficPercentMax: 100, injectionMax: 10m, concurrentExperimentsMax: 1, concurrentInjectionsMax: 1 }
`;

/** An environment file, and the folder of real markers that it names. */
export class NoopHome {
  private readonly home = mkdtempSync(join(tmpdir(), 'gameday-promise-'));
  readonly environments = join(this.home, 'environments');
  readonly directory = join(this.home, 'markers');

  constructor() {
    mkdirSync(this.environments);
    mkdirSync(this.directory);
    writeFileSync(join(this.environments, 'demo.yaml'), environment);
  }

  /** The names of what lies at the target, as plain Node sees them. */
  files(): string[] {
    return readdirSync(this.directory).sort();
  }

  /** What a driver is handed here. */
  tools(change: Partial<DriverTools<unknown>> = {}): DriverTools<unknown> {
    const where = { connection: { directory: this.directory }, optedIn: [{ name: 'anything' }], environment: 'demo' };
    return { ...where, signal: AbortSignal.timeout(20_000), now: Date.now, ...change };
  }

  /** Puts a fault into effect with the real driver. */
  async inject(injection: Injection): Promise<void> {
    await nothing.arm?.(injection, this.tools());
    await nothing.inject(injection, this.tools());
  }

  /** Sweeps as a worker does, which asks Temporal who holds each lock. */
  sweepAsWorker(orchestrator: Orchestrator, home: string): Promise<SweepReport> {
    const folder = new EnvironmentFolder(this.environments, catalogue, {});
    return sweepOnce({ folder, orchestrator, home, metrics: createMetrics() }, ['demo']);
  }

  remove(): void {
    rmSync(this.home, { recursive: true });
  }
}
