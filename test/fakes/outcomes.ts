import type { Evidence } from '../../src/domain/evidence';
import type { Reading } from '../../src/domain/signal';
import type { Breach } from '../../src/domain/watch';
import { aBaselineObservation, aHold, allPhases, anEvidence, anInjectionRecord, aRecovery, at } from './evidence';
import { calm, type Course } from './series';

/** The breach of `aFailedEvidence`: three of five success rates below 0.9 of the baseline. */
export const aBreach: Breach = {
  kind: 'expectation',
  signal: 'success-rate',
  at: at(34.5),
  reason:
    'expectation breached: success-rate was 0.732, expected >= 0.9 x baseline (>= 0.8987); 3 of 5 readings outside',
  readings: [
    { at: at(30.5), value: 0.961, isOutside: false },
    { at: at(31.5), value: 0.912, isOutside: false },
    { at: at(32.5), value: 0.845, isOutside: true },
    { at: at(33.5), value: 0.779, isOutside: true },
    { at: at(34.5), value: 0.732, isOutside: true },
  ],
};

/** An experiment whose hypothesis did not hold: breached after eight seconds, rolled back, recovered. */
export function aFailedEvidence(over: Partial<Evidence> = {}): Evidence {
  const hold = aHold({
    end: 'breached',
    endedAt: at(35),
    reasons: [aBreach.reason],
    breaches: [aBreach],
    summaries: [
      { signal: 'success-rate', unit: 'ratio', known: 9, unknown: 0, value: 0.871, min: 0.732, max: 1, n: 180 },
      { signal: 'p95', unit: 'ms', known: 9, unknown: 0, value: 236, min: 185, max: 262, n: 180 },
      { signal: 'breaker', unit: 'value', known: 9, unknown: 0, value: 'open' },
    ],
    chunks: 3,
  });
  return anEvidence({
    observations: [
      aBaselineObservation({ chunks: 6 }),
      hold,
      aRecovery({ startedAt: at(35), recoveredAt: at(47), endedAt: at(49.5), chunks: 6 }),
    ],
    injections: [anInjectionRecord({ hits: 71, seen: 180, rolledBackAt: at(34.7) })],
    phases: allPhases().map((phase, index) => ({ ...phase, ...(endedEarly[index] ?? {}) })),
    endedAt: at(51),
    ...over,
  });
}

const endedEarly: Record<number, { startedAt: string; endedAt: string }> = {
  4: { startedAt: at(25), endedAt: at(34.6) },
  5: { startedAt: at(34.6), endedAt: at(35) },
  6: { startedAt: at(35), endedAt: at(49.5) },
  7: { startedAt: at(49.5), endedAt: at(51) },
};

/** The series that belongs to `aFailedEvidence`. */
export const failing: Course = (signal, atMs, observation) => {
  const told = aBreach.readings.find((seen) => Date.parse(seen.at) === atMs);
  if (observation.purpose === 'hold' && signal.name === 'success-rate' && told)
    return { ...known(signal.name, atMs, signal.windowMs), value: told.value };
  return harmed(signal, atMs, observation);
};

/** A system that feels the fault and copes: slower and a little worse while it lasts, its breaker open. */
export const harmed: Course = (signal, atMs, observation) => {
  const quiet = calm(signal, atMs, observation);
  if (quiet?.state !== 'ok' || observation.purpose === 'baseline') return quiet;
  const share = feltAt(atMs, observation.purpose === 'hold' ? observation.heldFrom : observation.startedAt);
  const strength = observation.purpose === 'hold' ? share : 1 - share;
  const noise = Math.abs(Math.sin(atMs / 2_300) * Math.sin(atMs / 1_100));
  if (signal.unit === 'ratio') return { ...quiet, value: Number((0.9985 - strength * noise * 0.03).toFixed(4)) };
  if (signal.unit === 'ms') return { ...quiet, value: Math.round(Number(quiet.value) + strength * (32 + noise * 30)) };
  return { ...quiet, value: strength > 0.5 ? 'open' : 'closed' };
};

/** How much of a change of six seconds has been felt. */
function feltAt(atMs: number, from: string | undefined): number {
  return from === undefined ? 0 : Math.min(1, Math.max(0, (atMs - Date.parse(from)) / 6_000));
}

function known(signal: string, atMs: number, windowMs: number): Extract<Reading, { state: 'ok' }> {
  return { signal, at: new Date(atMs).toISOString(), windowMs, state: 'ok', value: 1, n: 100 };
}
