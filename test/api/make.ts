import type { Evidence } from '../../src/domain/evidence';
import type { SeriesChunk } from '../../src/domain/evidence-store';
import type { Plan } from '../../src/domain/plan';
import type { ExperimentInput, Progress } from '../../src/domain/progress';
import { decideVerdict, type Verdict } from '../../src/domain/verdict';

export const at = '2026-01-01T00:00:00.000Z';

export function aPlan(change: Partial<Plan> = {}): Plan {
  const limits = {
    targetsMax: 1,
    trafficPercentMax: 100,
    injectionMaxMs: 600_000,
    concurrentExperimentsMax: 1,
    concurrentInjectionsMax: 1,
  };
  return {
    kind: 'experiment',
    name: 'checkout-survives',
    hypothesis: 'If payment fails, checkout queues orders and loses none.',
    environment: { name: 'demo', isProduction: false, limits, blockers: [] },
    probes: [],
    signals: [],
    steadyState: { forMs: 1000, expect: [] },
    steps: [
      {
        kind: 'inject',
        id: '1',
        fault: 'noop/nothing',
        target: { name: 'x' },
        params: {},
        forMs: 5000,
        injectWithinMs: 30_000,
        leaseMs: 15_000,
      },
    ],
    during: [],
    guards: [],
    recovery: { withinMs: 60_000, expect: [] },
    blastRadius: { targetsMax: 1, trafficPercentMax: 100 },
    rollbackWithinMs: 120_000,
    storeWaitMaxMs: 600_000,
    ...change,
  };
}

export function anEvidence(change: Partial<Evidence> = {}): Evidence {
  return {
    version: 1,
    experimentId: 'checkout-1',
    isRehearsal: false,
    plan: aPlan(),
    planHash: 'plan-hash',
    targetsHash: 'targets-hash',
    startedBy: { name: 'ada', groups: ['sre'] },
    startedAt: at,
    endedAt: at,
    phases: [{ phase: 'preflight', startedAt: at }],
    surveys: [],
    decisions: [],
    observations: [],
    injections: [],
    refusals: ['steady state was not met'],
    errors: [],
    ...change,
  };
}

export function aVerdict(change: Partial<Verdict> = {}): Verdict {
  return { ...decideVerdict(anEvidence()), ...change };
}

export function aProgress(input: ExperimentInput): Progress {
  const { experimentId, plan, planHash, startedBy, isRehearsal } = input;
  const evidence = anEvidence({ experimentId, plan, planHash, startedBy, isRehearsal, endedAt: '', refusals: [] });
  return { phase: 'preflight', evidence, details: 'looking at targets' };
}

export function aChunk(change: Partial<SeriesChunk> = {}): SeriesChunk {
  const reading = { signal: 'p95', at, windowMs: 5000, state: 'ok', value: 120, n: 20 } as const;
  return {
    experimentId: 'checkout-1',
    observation: 'baseline-1',
    signal: 'p95',
    number: 1,
    readings: [reading],
    samples: [],
    ...change,
  };
}
