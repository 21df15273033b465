import type { Evidence } from '../../../src/domain/evidence';
import type { Observation } from '../../../src/domain/observation';

/** What the second founding experiment must have seen, beside its verdict. */
export function expectCatalogueDetails(evidence: Evidence): void {
  const [baseline, hold, recovery] = (['baseline', 'hold', 'recovery'] as const).map((purpose) =>
    evidence.observations.find((one) => one.purpose === purpose),
  );
  expect(valueOf(baseline, 'breaker')?.value).toBe('closed');
  expect(valueOf(hold, 'success-rate')?.n).toBeGreaterThanOrEqual(1_000);
  // The cache was really away: without this the experiment would prove nothing.
  expect(valueOf(hold, 'hit-ratio')?.value).toBeLessThanOrEqual(0.05);
  expect(valueOf(recovery, 'hit-ratio')?.value).toBeGreaterThanOrEqual(0.9);
  expect(valueOf(recovery, 'breaker')?.value).toBe('closed');
  expect(evidence.injections).toMatchObject([{ effectSeen: true, end: 'absent' }]);
}

function valueOf(observation: Observation | undefined, signal: string) {
  return observation?.summaries.find((one) => one.signal === signal);
}
