import type { Injection, RollbackResult } from '../../../src/domain/injection';
import { isUnreachable } from './control-failure';
import type { RuleCall } from './rule-life';
import { isUnchanged } from './rule-tag';

/**
 * Removes the rule and sees that it is gone; its id is refused until `notAfter`. A rule that is not as it was armed is left
 * alone. An application that cannot be reached counts as gone only when no lease can have lasted until now.
 */
export async function removeRule(call: RuleCall): Promise<RollbackResult> {
  try {
    return await removeAndLook(call);
  } catch (error) {
    if (!isUnreachable(error) || !isLongOver(call.injection, call.now())) throw error;
    return { end: 'gone', foundActive: false, evidence: `${String(error)}; its lease ended two lifetimes ago` };
  }
}

async function removeAndLook({ injection, content, client, now }: RuleCall): Promise<RollbackResult> {
  const before = await client.readRule(content.id);
  if (before !== undefined && !isUnchanged(before, content))
    return { end: 'drifted', foundActive: false, evidence: `rule ${content.id} is not as it was armed and was left` };
  const remainingMs = Math.max(Date.parse(injection.notAfter) - now(), 1);
  const { found, hits, seen } = await client.removeRule(content.id, remainingMs);
  if ((await client.readRule(content.id)) !== undefined)
    throw new Error(`rule ${content.id} is still there after its removal; it will be removed again`);
  const evidence = `rule ${content.id} was ${found} and is gone; it was met by ${hits} of ${seen} calls`;
  return { end: 'absent', foundActive: found === 'active', evidence, hits, seen };
}

/** No renewal reaches beyond the hard stop and no rule beyond notAfter, so this is the latest end a lease can have had. */
function isLongOver({ hardStopAt, notAfter, leaseMs }: Injection, nowMs: number): boolean {
  const leaseEndMaxMs = Math.min(Date.parse(hardStopAt) + leaseMs, Date.parse(notAfter));
  return nowMs >= leaseEndMaxMs + 2 * leaseMs;
}
