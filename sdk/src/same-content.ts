import { isDeepStrictEqual } from 'node:util';
import type { RuleContent } from './rule';

/** Whether two rules ask for the same thing; the order of keys and the clocks do not matter. */
export function isSameContent(one: RuleContent, other: RuleContent): boolean {
  return isDeepStrictEqual(one, other);
}
