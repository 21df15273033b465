import type { Evidence, InjectionRecord } from '../../src/domain/evidence';
import type { Observation } from '../../src/domain/observation';
import { phases, type PhaseRecord } from '../../src/domain/phase';
import type { KnownReading, UnknownReading } from '../../src/domain/signal';
import { aPlan, aSurvey } from './plan';

/** The instant `seconds` after the start of `anEvidence`. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 4, 12, 9, 0, 0) + Math.round(seconds * 1000)).toISOString();
}

/** A reading of the success rate with a value. */
export function aReading(over: Partial<KnownReading> = {}): KnownReading {
  return { signal: 'success-rate', at: at(30), windowMs: 5_000, state: 'ok', value: 0.998, n: 100, ...over };
}

/** A reading without a value. */
export function anUnknownReading(over: Partial<UnknownReading> = {}): UnknownReading {
  const reason = 'no request ended in this window';
  return { signal: 'success-rate', at: at(30), windowMs: 5_000, state: 'no-data', reason, ...over };
}

/** An injection that went as planned. */
export function anInjectionRecord(over: Partial<InjectionRecord> = {}): InjectionRecord {
  return {
    injectionId: 'payment-7f3a-1-1',
    stepId: '1',
    fault: 'sdk/error',
    lockKey: 'sdk:payment',
    targets: ['sdk:payment/charge'],
    countsHits: true,
    lockedAt: at(25.1),
    hardStopAt: at(145.1),
    notAfter: at(265.1),
    preparedAt: at(25.3),
    injectedAt: at(26),
    effectSeen: true,
    hits: 482,
    seen: 1204,
    rolledBackAt: at(86.2),
    end: 'absent',
    rollbackEvidence: 'rule removed and not listed any more',
    ...over,
  };
}

const settled: Pick<Observation, 'end' | 'reasons' | 'breaches' | 'gaps' | 'faults' | 'rollbacks' | 'chunks'> = {
  end: 'held',
  reasons: [],
  breaches: [],
  gaps: [],
  faults: [],
  rollbacks: [],
  chunks: 3,
};

/** What the signals of `aPlan` are worth in steady state. */
export const aBaseline = {
  'success-rate': { value: 0.9985, n: 400 },
  p95: { value: 182, n: 400 },
  breaker: { value: 'closed', n: 20 },
};

/** Steady state that held for its twenty seconds. */
export function aBaselineObservation(over: Partial<Observation> = {}): Observation {
  return {
    ...settled,
    id: 'baseline-1',
    purpose: 'baseline',
    startedAt: at(4),
    endedAt: at(24.5),
    summaries: [
      { signal: 'success-rate', unit: 'ratio', known: 20, unknown: 0, value: 0.9985, min: 0.99, max: 1, n: 400 },
      { signal: 'p95', unit: 'ms', known: 20, unknown: 0, value: 182, min: 171, max: 196, n: 400 },
      { signal: 'breaker', unit: 'value', known: 20, unknown: 0, value: 'closed' },
    ],
    baseline: aBaseline,
    ...over,
  };
}

/** A hold of sixty seconds in which every expectation held. */
export function aHold(over: Partial<Observation> = {}): Observation {
  return {
    ...settled,
    id: 'hold-1',
    purpose: 'hold',
    stepId: '1',
    startedAt: at(25.5),
    endedAt: at(86.3),
    heldFrom: at(26),
    summaries: [
      { signal: 'success-rate', unit: 'ratio', known: 60, unknown: 0, value: 0.994, min: 0.97, max: 1, n: 1200 },
      { signal: 'p95', unit: 'ms', known: 60, unknown: 0, value: 221, min: 188, max: 262, n: 1200 },
      { signal: 'breaker', unit: 'value', known: 60, unknown: 0, value: 'open' },
    ],
    baseline: aBaseline,
    faults: [
      {
        injectionId: 'payment-7f3a-1-1',
        isActiveAfterInject: true,
        isActiveBeforeRollback: true,
        hits: 482,
        seen: 1204,
        evidence: 'rule active, 482 of 1204 calls met it',
      },
    ],
    ...over,
  };
}

/** A recovery within its deadline. */
export function aRecovery(over: Partial<Observation> = {}): Observation {
  return {
    ...settled,
    id: 'recovery',
    purpose: 'recovery',
    startedAt: at(86.5),
    endedAt: at(101.6),
    recoveredAt: at(99.5),
    summaries: [
      { signal: 'success-rate', unit: 'ratio', known: 15, unknown: 0, value: 0.999, min: 0.98, max: 1, n: 300 },
      { signal: 'p95', unit: 'ms', known: 15, unknown: 0, value: 184, min: 176, max: 231, n: 300 },
      { signal: 'breaker', unit: 'value', known: 15, unknown: 0, value: 'closed' },
    ],
    baseline: aBaseline,
    ...over,
  };
}

const phaseStartsAt = [0, 1, 1.1, 4, 25, 86, 86.5, 101.6, 103];

/** Every phase, one after the other. */
export function allPhases(): PhaseRecord[] {
  return phases.map((phase, index) => ({
    phase,
    startedAt: at(phaseStartsAt[index] ?? 0),
    endedAt: at(phaseStartsAt[index + 1] ?? 0),
  }));
}

/** Evidence of an experiment that passed; override what the test is about. */
export function anEvidence(over: Partial<Evidence> = {}): Evidence {
  return {
    version: 1,
    experimentId: 'payment-7f3a',
    isRehearsal: false,
    plan: aPlan(),
    planHash: '5d1f0c9a7be24f6d8f2a1f4a3c0b9e8d7c6b5a49382716059483726150493827',
    targetsHash: '9c2b7e11aa54d3f08e6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f',
    startedBy: { name: 'maria', groups: ['sre'] },
    startedAt: at(0),
    endedAt: at(103),
    phases: allPhases(),
    surveys: [aSurvey()],
    decisions: [],
    observations: [aBaselineObservation(), aHold(), aRecovery()],
    injections: [anInjectionRecord()],
    refusals: [],
    errors: [],
    ...over,
  };
}
