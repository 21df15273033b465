import type { FaultOutcome } from '@gameday/sdk';
import { HANG_UP, json, type Answer } from '../json-server';

/** The answer that a fault gives in place of the charge; `undefined` where the fault lets the charge happen. */
export function answerInstead(outcome: FaultOutcome): Answer | typeof HANG_UP | undefined {
  if (outcome.effect === 'error') return json(outcome.status, { error: outcome.message });
  if (outcome.effect === 'drop') return HANG_UP;
  if (outcome.effect !== 'rate-limit') return undefined;
  return json(outcome.status, { error: 'too many charges' }, { 'retry-after': String(outcome.retryAfterSeconds) });
}

/** Spoils the answer to a charge that was made, where the fault says so: the money moved and the caller cannot tell. */
export function spoilAnswer(answer: Answer, outcome: FaultOutcome | undefined): Answer {
  if (outcome?.effect !== 'malformed') return answer;
  const { text } = answer;
  if (outcome.how === 'truncated') return { ...answer, text: text.slice(0, Math.ceil(text.length / 2)) };
  if (outcome.how === 'broken-json') return { ...answer, text: text.replaceAll('"', "'") };
  return { ...answer, text: JSON.stringify(text) };
}
