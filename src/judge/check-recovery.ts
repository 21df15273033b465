import type { Evidence } from '../domain/evidence';
import type { SeriesChunk } from '../domain/evidence-store';
import { recoveryCount, type Expectation } from '../domain/expectation';
import type { Observation } from '../domain/observation';
import { liesWhollyAfter, seriesOf } from '../domain/series';
import type { Reading } from '../domain/signal';
import { describeBound, seenBy } from '../domain/watch';

/** Where what was said of recovery does not follow from its series. */
export function checkRecovery(evidence: Evidence, observation: Observation, chunks: SeriesChunk[]): string[] {
  const insides = evidence.plan.recovery.expect.map((expectation) => ({
    expectation,
    inside: insideOf(expectation, evidence, observation, chunks),
  }));
  if (observation.end === 'held')
    return insides.flatMap(({ expectation, inside }) =>
      longestRun(inside) >= recoveryCount ? [] : [notRecovered(expectation, observation, longestRun(inside))],
    );
  const isBack = insides.length > 0 && insides.every(({ inside }) => endsInside(inside));
  return observation.end === 'not-held' && isBack
    ? [`recovery is said to have been too slow, the series ends with ${recoveryCount} readings inside for every signal`]
    : [];
}

/** For each reading wholly after removal, whether it lay inside; an unknown one did not. */
function insideOf(
  expectation: Expectation,
  evidence: Evidence,
  observation: Observation,
  chunks: SeriesChunk[],
): boolean[] {
  const removedAt = removalOf(evidence) ?? observation.startedAt;
  return seriesOf(chunks, expectation.signal, observation.id)
    .filter((reading) => liesWhollyAfter(reading, removedAt))
    .map((reading) => isInside(expectation, reading, observation));
}

function isInside(expectation: Expectation, reading: Reading, observation: Observation): boolean {
  return reading.state === 'ok' && !seenBy(expectation, reading, observation.baseline).isOutside;
}

function removalOf(evidence: Evidence): string | undefined {
  return evidence.injections
    .flatMap((injection) => injection.rolledBackAt ?? [])
    .sort()
    .at(-1);
}

function longestRun(inside: boolean[]): number {
  let longest = 0;
  let current = 0;
  for (const one of inside) {
    current = one ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

function endsInside(inside: boolean[]): boolean {
  return inside.length >= recoveryCount && inside.slice(-recoveryCount).every(Boolean);
}

function notRecovered(expectation: Expectation, observation: Observation, found: number): string {
  const bound = describeBound(expectation, observation.baseline);
  return `recovery is said to have been seen, the series has ${found} of ${recoveryCount} consecutive readings of ${expectation.signal} inside (${bound})`;
}
