import type { Evidence } from '../domain/evidence';
import type { SeriesChunk } from '../domain/evidence-store';
import type { Observation } from '../domain/observation';
import { liesWhollyAfter, seriesOf } from '../domain/series';
import type { Reading } from '../domain/signal';
import { seenBy, type Breach, type Seen, type WatchRule } from '../domain/watch';
import { firstBreach, holdRules } from './watch-rules';

/** Where the breaches of a hold, or their absence, do not follow from its series. */
export function checkHold(evidence: Evidence, observation: Observation, chunks: SeriesChunk[]): string[] {
  const rules = holdRules(evidence.plan);
  if (observation.breaches.length > 0)
    return observation.breaches.flatMap((breach) => checkBreach(breach, rules, observation, chunks));
  // Before the fault was in effect there was nothing to break, and after it nothing to stop.
  const { heldFrom } = observation;
  if (heldFrom === undefined) return [];
  const untilAt = endOf(evidence, observation);
  return rules.flatMap((rule) => {
    const series = seriesOf(chunks, rule.signal, observation.id);
    const judged = series.filter((reading) => liesWhollyAfter(reading, heldFrom) && reading.at <= untilAt);
    return unseenBreach(rule, judged, observation);
  });
}

function endOf(evidence: Evidence, observation: Observation): string {
  const removed = evidence.injections
    .filter((injection) => injection.stepId === observation.stepId)
    .flatMap((injection) => injection.rolledBackAt ?? []);
  return [observation.endedAt, ...removed].sort()[0] ?? observation.endedAt;
}

function unseenBreach(rule: WatchRule, judged: Reading[], observation: Observation): string[] {
  const breach = firstBreach(rule, judged, observation.baseline);
  if (breach) return [`no breach was recorded, the series says ${breach.reason} at ${breach.at}`];
  const seen = judged.flatMap((reading) =>
    reading.state === 'ok' ? [seenBy(rule, reading, observation.baseline)] : [],
  );
  const isWholeHold = rule.kind === 'expectation' && seen.length > 0 && seen.every((one) => one.isOutside);
  return isWholeHold ? [`no breach was recorded, the series has every reading of ${rule.signal} outside`] : [];
}

function checkBreach(breach: Breach, rules: WatchRule[], observation: Observation, chunks: SeriesChunk[]): string[] {
  const series = seriesOf(chunks, breach.signal, observation.id);
  const strangers = breach.readings.filter((seen) => !isIn(series, seen));
  if (strangers.length > 0)
    return [`${breach.reason}: ${strangers.length} of its ${breach.readings.length} readings are not in the series`];
  const candidates = rules.filter((rule) => rule.signal === breach.signal && isOfKind(rule, breach));
  if (candidates.some((rule) => provesBreach(rule, breach, observation))) return [];
  return [`${breach.reason}: its readings do not break any rule of the plan`];
}

function isIn(series: Reading[], seen: Seen): boolean {
  return series.some((reading) => reading.state === 'ok' && reading.at === seen.at && reading.value === seen.value);
}

function isOfKind(rule: WatchRule, breach: Breach): boolean {
  return rule.kind === (breach.kind === 'guard' ? 'guard' : 'expectation');
}

function provesBreach(rule: WatchRule, breach: Breach, { baseline }: Observation): boolean {
  const outside = breach.readings.filter(({ at, value }) => {
    const reading: Reading = { signal: rule.signal, at, value, windowMs: 0, state: 'ok', n: 1 };
    return seenBy(rule, reading, baseline).isOutside;
  });
  if (breach.kind === 'whole-hold') return outside.length > 0 && outside.length === breach.readings.length;
  return outside.length >= rule.count && breach.readings.length <= rule.of;
}
