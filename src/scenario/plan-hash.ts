import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/json';
import type { Plan } from '../domain/plan';
import type { Survey } from '../domain/survey';

/** SHA-256 in hex over the plan's canonical JSON; a plan holds no ids of experiments and no instants. */
export function planHash(plan: Plan): string {
  return sha256(canonicalJson(plan));
}

/** SHA-256 in hex over the sorted identities of the surveyed targets, each once. */
export function targetsHash(surveys: readonly Pick<Survey, 'targets'>[]): string {
  const identities = surveys.flatMap((survey) => survey.targets.map((target) => target.identity));
  return sha256(canonicalJson([...new Set(identities)].sort()));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
