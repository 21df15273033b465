import type { FaultOutcome } from './fault-outcome';
import { faultPoint, hasActiveRules } from './fault-point';

/** Finds the request key of whatever passes the point; undefined means that it has none. */
export type KeyOf<Subject> = (subject: Subject) => string | undefined;

/** A fault point whose key is only worked out while some rule is active; a `keyOf` that throws counts as no key. */
export function faultAt<Subject>(
  point: string,
  keyOf: KeyOf<Subject> | undefined,
  subject: Subject,
): undefined | Promise<FaultOutcome> {
  if (!hasActiveRules()) return undefined;
  return faultPoint(point, { key: safely(keyOf, subject) });
}

function safely<Subject>(keyOf: KeyOf<Subject> | undefined, subject: Subject): string | undefined {
  try {
    return keyOf?.(subject);
  } catch {
    return undefined;
  }
}
