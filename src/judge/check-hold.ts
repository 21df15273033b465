import { baselineFor } from '../domain/baseline-for';
import type { Evidence } from '../domain/evidence';
import type { SeriesChunk } from '../domain/evidence-store';
import type { Observation } from '../domain/observation';
import { liesWhollyAfter, seriesOf } from '../domain/series';
import type { Reading } from '../domain/signal';
import { seenBy, type Baseline, type Breach, type Seen, type WatchRule } from '../domain/watch';
import { firstBreach, holdRules } from './watch-rules';

/** Where the breaches of a hold, or their absence, do not follow from its series. */
export function checkHold(evidence: Evidence, observation: Observation, chunks: SeriesChunk[]): string[] {
  const baseline = baselineFor(evidence, observation);
  const rules = holdRules(evidence.plan);
  if (observation.breaches.length === 0)
    return rules.flatMap((rule) => unseenBreach(rule, judgedBy(rule, evidence, observation, chunks), baseline));
  return observation.breaches.flatMap((breach) => {
    const series = seriesOf(chunks, breach.signal, observation.id);
    return checkBreach(breach, rules, series, baseline);
  });
}

/** What a rule was asked about: while the fault was in effect, and for an expectation windows of full length only. */
function judgedBy(rule: WatchRule, evidence: Evidence, observation: Observation, chunks: SeriesChunk[]): Reading[] {
  const { heldFrom } = observation;
  if (heldFrom === undefined) return [];
  const untilAt = endOf(evidence, observation);
  const windowMs = evidence.plan.signals.find((one) => one.name === rule.signal)?.windowMs;
  return seriesOf(chunks, rule.signal, observation.id)
    .filter((reading) => liesWhollyAfter(reading, heldFrom) && reading.at <= untilAt)
    .filter((reading) => rule.kind === 'guard' || reading.windowMs === windowMs);
}

function endOf(evidence: Evidence, observation: Observation): string {
  const removed = evidence.injections
    .filter((injection) => injection.stepId === observation.stepId)
    .flatMap((injection) => injection.rolledBackAt ?? []);
  return [observation.endedAt, ...removed].sort()[0] ?? observation.endedAt;
}

function unseenBreach(rule: WatchRule, judged: Reading[], baseline: Baseline): string[] {
  const breach = firstBreach(rule, judged, baseline);
  return breach ? [`no breach was recorded, the series says ${breach.reason} at ${breach.at}`] : [];
}

function checkBreach(breach: Breach, rules: WatchRule[], series: Reading[], baseline: Baseline): string[] {
  // The value over a whole hold is one of its own and in no series.
  const isWhole = breach.kind === 'whole-hold';
  const strangers = isWhole ? [] : breach.readings.filter((seen) => !isIn(series, seen));
  if (strangers.length > 0)
    return [`${breach.reason}: ${strangers.length} of its ${breach.readings.length} readings are not in the series`];
  const candidates = rules.filter((rule) => rule.signal === breach.signal && isOfKind(rule, breach));
  if (candidates.some((rule) => provesBreach(rule, breach, baseline))) return [];
  return [`${breach.reason}: its readings do not break any rule of the plan`];
}

function isIn(series: Reading[], seen: Seen): boolean {
  return series.some((reading) => reading.state === 'ok' && reading.at === seen.at && reading.value === seen.value);
}

function isOfKind(rule: WatchRule, breach: Breach): boolean {
  return rule.kind === (breach.kind === 'guard' ? 'guard' : 'expectation');
}

function provesBreach(rule: WatchRule, breach: Breach, baseline: Baseline): boolean {
  const outside = breach.readings.filter(({ at, value }) => {
    const reading = { signal: rule.signal, at, value, windowMs: 0, state: 'ok', n: 1 } as const;
    return seenBy(rule, reading, baseline).isOutside;
  });
  if (breach.kind === 'whole-hold') return outside.length > 0 && outside.length === breach.readings.length;
  return outside.length >= rule.count && breach.readings.length <= rule.of;
}
