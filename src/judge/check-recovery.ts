import { baselineFor } from '../domain/baseline-for';
import type { Evidence } from '../domain/evidence';
import type { SeriesChunk } from '../domain/evidence-store';
import { recoveryCount, type Expectation } from '../domain/expectation';
import type { Observation } from '../domain/observation';
import { seriesOf } from '../domain/series';
import type { Reading } from '../domain/signal';
import { seenBy, type Baseline } from '../domain/watch';

/** Where what was said of recovery does not follow from its series. */
export function checkRecovery(evidence: Evidence, observation: Observation, chunks: SeriesChunk[]): string[] {
  const baseline = baselineFor(evidence, observation);
  const expected = evidence.plan.recovery.expect;
  const series = expected.map((one) => seriesOf(chunks, one.signal, observation.id));
  if (expected.length === 0) return [];
  if (observation.end === 'held') return tooFew(longestRun(roundsInside(expected, series, baseline)));
  const isBack = expected.every((one, index) => endsInside(one, series[index] ?? [], baseline));
  return observation.end === 'not-held' && isBack
    ? [`recovery is said to have been too slow, the series ends with ${recoveryCount} readings inside for every signal`]
    : [];
}

/**
 * Round by round, whether every expected signal lay inside. A round is over once each of them has been read anew; one
 * reading outside or unknown ends the run of rounds at once.
 */
function roundsInside(expected: Expectation[], series: Reading[][], baseline: Baseline): boolean[] {
  const instants = [...new Set(series.flat().map((reading) => reading.at))].sort();
  const rounds: boolean[] = [];
  let roundAt = '';
  for (const instant of instants) {
    const latest = series.map((readings) => readings.findLast((reading) => reading.at <= instant));
    const areInside = expected.every((one, index) => {
      const reading = latest[index];
      return reading !== undefined && isInside(one, reading, baseline);
    });
    const isOver = latest.every((reading) => reading !== undefined && reading.at > roundAt);
    if (areInside && !isOver) continue;
    rounds.push(areInside);
    roundAt = instant;
  }
  return rounds;
}

function isInside(expected: Expectation, reading: Reading, baseline: Baseline): boolean {
  return reading.state === 'ok' && !seenBy(expected, reading, baseline).isOutside;
}

function endsInside(expected: Expectation, series: Reading[], baseline: Baseline): boolean {
  const last = series.slice(-recoveryCount);
  return last.length === recoveryCount && last.every((reading) => isInside(expected, reading, baseline));
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

function tooFew(found: number): string[] {
  if (found >= recoveryCount) return [];
  return [
    `recovery is said to have been seen, the series has ${found} of ${recoveryCount} consecutive rounds with every signal inside`,
  ];
}
