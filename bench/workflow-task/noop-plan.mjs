import { createRequire } from 'node:module';

const { planHash } = createRequire(import.meta.url)('../../dist/src/scenario/plan-hash.js');

const limits = {
  targetsMax: 1,
  trafficPercentMax: 100,
  injectionMaxMs: 600_000,
  concurrentExperimentsMax: 1,
  concurrentInjectionsMax: 1,
};

const step = {
  kind: 'inject',
  id: '1',
  fault: 'noop/nothing',
  target: { name: 'anything' },
  params: { percent: 40 },
  forMs: 0,
  injectWithinMs: 30_000,
  leaseMs: 15_000,
};

const plan = {
  kind: 'experiment',
  name: 'noop',
  hypothesis: 'When nothing is harmed and nothing is held, an experiment takes as long as its own steps.',
  environment: { name: 'demo', isProduction: false, limits, blockers: [] },
  probes: [],
  signals: [],
  steadyState: { forMs: 0, expect: [] },
  steps: [step],
  during: [],
  guards: [],
  recovery: { withinMs: 1_000, expect: [] },
  blastRadius: { targetsMax: 1, trafficPercentMax: 40 },
  rollbackWithinMs: 120_000,
  storeWaitMaxMs: 600_000,
};

/** What an experiment on the no-op is started with: no signals, no hold, every other phase and safety step. */
export const noopInput = {
  plan,
  planHash: planHash(plan),
  startedBy: { name: 'bench', groups: [] },
  isRehearsal: false,
};
