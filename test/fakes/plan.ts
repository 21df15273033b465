import type { Plan } from '../../src/domain/plan';
import type { InjectStep } from '../../src/domain/step';
import type { StepSurvey } from '../../src/domain/survey';

/** One step that harms the payment service of the demo environment. */
export function anInjectStep(over: Partial<InjectStep> = {}): InjectStep {
  return {
    kind: 'inject',
    id: '1',
    fault: 'sdk/error',
    target: { service: 'payment', point: 'charge' },
    params: { status: 503, percent: 40 },
    forMs: 60_000,
    injectWithinMs: 30_000,
    leaseMs: 15_000,
    ...over,
  };
}

/** The plan of the first founding experiment, every default filled. */
export function aPlan(over: Partial<Plan> = {}): Plan {
  return {
    kind: 'experiment',
    name: 'checkout-survives-payment-errors',
    hypothesis: 'If the payment gateway answers 503 to 40 % of requests, checkout queues orders and loses none.',
    assumption: 'docs/architecture/checkout.md#fallback',
    dependency: 'payment-gateway',
    failureMode: 'http-errors',
    environment: {
      name: 'demo',
      isProduction: false,
      limits: {
        targetsMax: 1,
        trafficPercentMax: 100,
        injectionMaxMs: 600_000,
        concurrentExperimentsMax: 1,
        concurrentInjectionsMax: 1,
      },
      blockers: [],
    },
    probes: [
      {
        id: 'success-rate',
        kind: 'http',
        query: { url: 'http://127.0.0.1:4010/checkout', method: 'POST', ratePerSecond: 20 },
      },
      { id: 'breaker', kind: 'json', query: { url: 'http://127.0.0.1:4010/health', path: '$.breakers.payment' } },
    ],
    signals: [
      {
        name: 'success-rate',
        probe: 'success-rate',
        measure: 'success-ratio',
        windowMs: 5_000,
        everyMs: 1_000,
        unit: 'ratio',
      },
      { name: 'p95', probe: 'success-rate', measure: 'p95', windowMs: 5_000, everyMs: 1_000, unit: 'ms' },
      { name: 'breaker', probe: 'breaker', measure: 'value', windowMs: 5_000, everyMs: 1_000, unit: 'value' },
    ],
    steadyState: {
      forMs: 20_000,
      expect: [
        { signal: 'success-rate', tolerance: { operator: '>=', value: 0.99, text: '>= 0.99' } },
        { signal: 'p95', tolerance: { operator: '<=', value: 450, text: '<= 450ms' } },
      ],
    },
    steps: [anInjectStep()],
    during: [
      {
        signal: 'success-rate',
        tolerance: { operator: '>=', value: 0.9, relativeTo: 'baseline', text: '>= 0.9 x baseline' },
      },
      { signal: 'p95', tolerance: { operator: '<=', value: 1.5, relativeTo: 'baseline', text: '<= 1.5 x baseline' } },
    ],
    guards: [{ signal: 'success-rate', tolerance: { operator: '>=', value: 0.5, text: '>= 0.5' }, count: 2, of: 3 }],
    recovery: {
      withinMs: 60_000,
      expect: [
        { signal: 'success-rate', tolerance: { operator: '>=', value: 0.99, text: '>= 0.99' } },
        { signal: 'p95', tolerance: { operator: '<=', value: 450, text: '<= 450ms' } },
        { signal: 'breaker', tolerance: { operator: '==', value: 'closed', text: '== closed' } },
      ],
    },
    blastRadius: { targetsMax: 1, trafficPercentMax: 40 },
    rollbackWithinMs: 120_000,
    storeWaitMaxMs: 600_000,
    ...over,
  };
}

/** What the driver found for the step of `aPlan`. */
export function aSurvey(over: Partial<StepSurvey> = {}): StepSurvey {
  return {
    stepId: '1',
    fault: 'sdk/error',
    capabilities: {
      expiry: 'lease',
      hasFence: true,
      isReversible: true,
      countsHits: true,
      scope: 'a share of the calls of one fault point',
    },
    targets: [
      {
        identity: 'sdk:payment/charge',
        lockKey: 'sdk:payment',
        description: 'point charge of payment',
        facts: { service: 'payment', point: 'charge' },
      },
    ],
    total: 1,
    percent: 100,
    trafficPercent: 40,
    refusals: [],
    ...over,
  };
}
