import type { Evidence } from '../domain/evidence';
import type { SeriesChunk } from '../domain/evidence-store';
import type { Observation } from '../domain/observation';
import { liesWhollyAfter, seriesOf } from '../domain/series';
import { expectationRules, firstBreach } from './watch-rules';

/** Where a steady state that was said to hold is broken by its own series. */
export function checkBaseline(evidence: Evidence, observation: Observation, chunks: SeriesChunk[]): string[] {
  if (observation.end !== 'held') return [];
  return expectationRules(evidence.plan.steadyState.expect).flatMap((rule) => {
    const series = seriesOf(chunks, rule.signal, observation.id);
    const judged = series.filter((reading) => liesWhollyAfter(reading, observation.startedAt));
    const breach = firstBreach(rule, judged, observation.baseline);
    return breach ? [`steady state is said to have held, the series says ${breach.reason} at ${breach.at}`] : [];
  });
}
