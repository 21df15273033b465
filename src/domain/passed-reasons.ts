import { baselineFor } from './baseline-for';
import type { Evidence, InjectionRecord } from './evidence';
import type { Expectation } from './expectation';
import type { Observation } from './observation';
import { describeBound, formatValue } from './watch';

/** Why an experiment passed, in plain words with the numbers: what held, what met the fault, how it recovered. */
export function passedReasons(evidence: Evidence): string[] {
  const holds = evidence.observations.filter((observation) => observation.purpose === 'hold');
  const injections = evidence.injections.filter((injection) => injection.injectedAt !== undefined);
  return [
    `every expectation held during ${holds.length} ${holds.length === 1 ? 'hold' : 'holds'}`,
    ...holds.flatMap((hold) => evidence.plan.during.flatMap((one) => heldReason(one, hold, evidence))),
    ...injections.flatMap(hitReason),
    recoveryReason(evidence, injections),
    `${injections.length} rolled back and seen gone`,
  ];
}

function heldReason(expectation: Expectation, hold: Observation, evidence: Evidence): string[] {
  const value = hold.summaries.find((summary) => summary.signal === expectation.signal)?.value;
  if (value === undefined) return [];
  const bound = describeBound(expectation, baselineFor(evidence, hold));
  return [`${expectation.signal} was ${formatValue(value)} over ${hold.id}, ${bound}`];
}

function hitReason({ injectionId, countsHits, hits, seen }: InjectionRecord): string[] {
  if (!countsHits || hits === undefined) return [];
  const share = seen ? ` of ${seen} (${((100 * hits) / seen).toFixed(1)} %)` : '';
  return [`${hits}${share} met the fault of ${injectionId}`];
}

function recoveryReason({ observations, plan }: Evidence, injections: InjectionRecord[]): string {
  const recoveredAt = observations.find((one) => one.purpose === 'recovery' && one.end === 'held')?.recoveredAt;
  const removedAt = injections
    .flatMap((injection) => injection.rolledBackAt ?? [])
    .sort()
    .at(-1);
  if (recoveredAt === undefined || removedAt === undefined) return 'the system recovered in time';
  const seconds = Math.max(0, (Date.parse(recoveredAt) - Date.parse(removedAt)) / 1000);
  return `the system recovered in ${seconds.toFixed(1)} s, at most ${plan.recovery.withinMs / 1000} s were allowed`;
}
