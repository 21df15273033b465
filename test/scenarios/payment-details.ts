import type { Evidence } from '../../src/domain/evidence';
import type { Observation } from '../../src/domain/observation';

/** What the first founding experiment must have seen, beside its verdict. */
export function expectPaymentDetails(evidence: Evidence): void {
  const [baseline, hold, recovery] = (['baseline', 'hold', 'recovery'] as const).map((purpose) =>
    evidence.observations.find((one) => one.purpose === purpose),
  );
  expect(lasted(baseline)).toBeGreaterThanOrEqual(20);
  expect(lasted(hold)).toBeGreaterThanOrEqual(60);
  expect(valueOf(hold, 'success-rate')?.n).toBeGreaterThanOrEqual(1_000);
  expect(valueOf(recovery, 'breaker')?.value).toBe('closed');
  expect(valueOf(recovery, 'queue-depth')?.value).toBe(0);
  expect(valueOf(recovery, 'lost-orders')?.value).toBe(0);
  const [injection] = evidence.injections;
  const share = ((injection?.hits ?? 0) / (injection?.seen ?? 1)) * 100;
  expect(share).toBeGreaterThanOrEqual(35);
  expect(share).toBeLessThanOrEqual(45);
  expect(injection).toMatchObject({ effectSeen: true, end: 'absent' });
}

function lasted(observation: Observation | undefined): number {
  if (!observation) return 0;
  return (Date.parse(observation.endedAt) - Date.parse(observation.heldFrom ?? observation.startedAt)) / 1000;
}

function valueOf(observation: Observation | undefined, signal: string) {
  return observation?.summaries.find((one) => one.signal === signal);
}
