import { countHit } from './count-hit';
import type { FaultAttributes } from './fault-attributes';
import type { FaultOutcome } from './fault-outcome';
import { monotonicNowMs } from './monotonic-clock';
import { RuleBook } from './rule-book';
import { isSampled } from './sample';
import { settings } from './settings';

/** How many rules are active: the only thing a call looks at while there is none. */
let activeRules = 0;

/** Every rule of this process. */
export const ruleBook = new RuleBook(monotonicNowMs, (count) => {
  activeRules = count;
});

/** Whether any rule is active, at whatever point. */
export function hasActiveRules(): boolean {
  return activeRules !== 0;
}

/**
 * Marks a place where a fault may be put: undefined at once when this call meets none, else a promise, after any delay, of
 * what the caller is to do. Never throws; the promise rejects only with the FaultError that an `exception` rule asks for.
 */
export function faultPoint(point: string, attributes?: FaultAttributes): undefined | Promise<FaultOutcome> {
  if (activeRules === 0) return undefined;
  return meetFault(point, attributes);
}

/** Apart from the check above, so that the check stays small enough to be inlined. */
function meetFault(point: string, attributes: FaultAttributes | undefined): undefined | Promise<FaultOutcome> {
  try {
    const rule = ruleBook.activeAt(point);
    if (rule === undefined) return undefined;
    rule.seen += 1;
    if (!isSampled(rule.content, attributes)) return undefined;
    return rule.apply({ rule, attributes, bounds: settings().bounds, hit: () => countHit(rule, attributes) });
  } catch {
    // Whatever goes wrong in here is ours, and the application must not pay for it.
    return undefined;
  }
}
