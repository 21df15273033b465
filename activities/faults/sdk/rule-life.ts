import type { FaultStatus, Injection } from '../../../src/domain/injection';
import { isOverdue, refuseLate } from '../refuse-late';
import { Refused } from '../refused';
import type { ControlClient } from './control-client';
import { ControlFailure } from './control-failure';
import type { Rule } from './rule';
import { isUnchanged, type RuleContent } from './rule-tag';

/** One injection as a rule at one service. */
export interface RuleCall {
  injection: Injection;
  content: RuleContent;
  client: ControlClient;
  now(): number;
}

/** Places the rule without effect; Refused when the application says no. */
export async function armRule({ injection, content, client, now }: RuleCall): Promise<void> {
  const { id, ...rest } = content;
  refuseLate(injection, now());
  const remainingMs = Date.parse(injection.notAfter) - now();
  await finalWhenRefused(client.armRule(id, { ...rest, leaseMs: injection.leaseMs, remainingMs }));
}

/** Gives the armed rule its effect, again if need be; Refused when it is not armed any more or not ours. */
export async function activateRule(call: RuleCall): Promise<void> {
  const { injection, content, client, now } = call;
  await findOurs(call, `cannot inject ${injection.injectionId}`);
  refuseLate(injection, now());
  const activated = await finalWhenRefused(client.activateRule(content.id));
  if (activated === undefined) throw missing(`cannot inject ${injection.injectionId}`);
}

/** Prolongs the lease up to `until`, never beyond the hard stop; Refused when the rule is not there, which stays so. */
export async function renewRule(call: RuleCall, until: Date): Promise<void> {
  const { injection, content, client, now } = call;
  const leaseMs = Math.min(until.getTime(), Date.parse(injection.hardStopAt)) - now();
  if (leaseMs <= 0) throw new Refused(`cannot renew ${injection.injectionId} into the past; roll it back`);
  await findOurs(call, `cannot renew ${injection.injectionId}`);
  const renewed = await finalWhenRefused(client.renewRule(content.id, leaseMs));
  if (renewed === undefined) throw missing(`cannot renew ${injection.injectionId}`);
}

/** What the application says of the rule; `unknown` when it says nothing. */
export async function readRuleStatus(call: RuleCall): Promise<FaultStatus> {
  try {
    const found = await call.client.readRule(call.content.id);
    return found === undefined
      ? { state: 'absent', evidence: `no rule ${call.content.id} is there` }
      : stateOf(found, call);
  } catch (error) {
    if (error instanceof ControlFailure) return { state: 'unknown', evidence: error.message };
    throw error;
  }
}

function stateOf(rule: Rule, { injection, content, now }: RuleCall): FaultStatus {
  if (!isUnchanged(rule, content)) return { state: 'drifted', evidence: `rule ${rule.id} is not as it was armed` };
  const { hits, seen } = rule;
  const evidence = `rule ${rule.id} is ${rule.state}, met by ${hits} of ${seen} calls`;
  if (rule.state === 'armed') return { state: 'armed', evidence, hits, seen };
  return { state: isOverdue(injection, now()) ? 'overdue' : 'active', evidence, hits, seen };
}

async function findOurs({ client, content }: RuleCall, doing: string): Promise<void> {
  const found = await client.readRule(content.id);
  if (found === undefined) throw missing(doing);
  if (!isUnchanged(found, content))
    throw new Refused(`${doing}: rule ${content.id} was changed by somebody else; look at it`);
}

function missing(doing: string): Refused {
  return new Refused(`${doing}: its rule is not armed (any more) and is not put back; start another experiment`);
}

async function finalWhenRefused<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    const isFinal = error instanceof ControlFailure && ['refused', 'gone'].includes(error.reason);
    throw isFinal ? new Refused(error.message) : error;
  }
}
