import type { Evidence } from '../../../src/domain/evidence';
import type { Observation, SignalSummary } from '../../../src/domain/observation';

/** What a passed experiment with the catalogue's cache must have seen, beside its verdict. */
export function expectCatalogueDetails(evidence: Evidence): void {
  expect(valueOf(evidence, 'baseline', 'breaker')?.value).toBe('closed');
  expect(valueOf(evidence, 'hold', 'success-rate')?.n).toBeGreaterThanOrEqual(1_000);
  expect(valueOf(evidence, 'hold', 'hit-ratio')?.min).toBeLessThanOrEqual(0.05);
  expect(valueOf(evidence, 'recovery', 'hit-ratio')?.value).toBeGreaterThanOrEqual(0.9);
  expect(valueOf(evidence, 'recovery', 'breaker')?.value).toBe('closed');
  expect(evidence.injections).toMatchObject([{ effectSeen: true, end: 'absent' }]);
}

/** What one signal did over a baseline, a hold or a recovery. */
export function valueOf(
  { observations }: Evidence,
  purpose: Observation['purpose'],
  signal: string,
): SignalSummary | undefined {
  const observation = observations.find((one) => one.purpose === purpose);
  return observation?.summaries.find((one) => one.signal === signal);
}
