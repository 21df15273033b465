import type { FaultAttributes } from './fault-attributes';
import type { LiveRule } from './live-rule';
import { settings } from './settings';

/** Counts one call that met the effect and tells the application's hook, whose failures are its own. */
export function countHit(rule: LiveRule, attributes: FaultAttributes | undefined): void {
  rule.hits += 1;
  const { id: ruleId, point, effect, tag } = rule.content;
  try {
    const told: unknown = settings().onEffect?.({ point, ruleId, effect, tag, attributes });
    Promise.resolve(told).catch(() => undefined);
  } catch {
    // A hook that throws must not change what the call does.
  }
}
