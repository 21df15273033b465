import { describeFailure } from '../connection-failure';
import { durationMs } from '../duration';
import type { Exchanged } from '../exchange';
import { answerAgeMs } from './answer-age';
import type { JsonQuery } from './query';
import { valueAt, type Found } from './value-at';

/** What an answer says at the query's path, or that it is too old to say anything. */
export function readAnswer(
  query: JsonQuery,
  answer: Exchanged,
  arrivedAtMs: number,
): Found | { state: 'stale'; reason: string } {
  if (answer.failure) return { state: 'error', reason: describeFailure(answer.failure) };
  if (answer.status < 200 || answer.status > 299)
    return { state: 'error', reason: `answered with status ${answer.status}` };
  const staleness = query.maxAge && stalenessOf(answerAgeMs(answer.headers, arrivedAtMs), query.maxAge);
  if (staleness) return { state: 'stale', reason: staleness };
  return valueAt(answer.text, query.path);
}

function stalenessOf(ageMs: number | undefined, maxAge: string): string | undefined {
  if (ageMs === undefined) return 'the answer does not say how old it is (no Age or Date header)';
  if (ageMs <= durationMs(maxAge)) return undefined;
  return `the answer is ${Math.round(ageMs / 1000)} s old, expected at most ${maxAge}`;
}
