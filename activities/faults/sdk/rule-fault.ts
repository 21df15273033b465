import { z } from 'zod';
import type { AnyFaultDriver, DriverTools } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import { defineFault } from '../define-fault';
import { refuseAll } from '../refused';
import { clientFor } from './client-for';
import { listRuleFaults } from './list-rule-faults';
import type { Effect } from './rule';
import { activateRule, armRule, readRuleStatus, renewRule, type RuleCall } from './rule-life';
import { removeRule } from './remove-rule';
import { surveyPoint } from './rule-survey';
import { pointOf, tagOf } from './rule-tag';
import { sdk, sdkSelector, type SdkConnection } from './system';

/** The share of calls that meet the fault; which ones is decided by their key, so that one request is always in or out. */
export const percent = z.number().min(0.01).max(100).default(100);

/** What one kind of harm adds to all that rules have in common. */
export interface RuleHarm<Params extends { percent: number }> {
  /** Second half of the kind. */
  harm: string;
  summary: string;
  params: z.ZodType<Params>;
  effectOf(params: Params): Effect;
}

type Tools = DriverTools<SdkConnection>;

/** Makes the driver of one kind of rule at an application's fault points. */
export function defineRuleFault<Params extends { percent: number }>(harm: RuleHarm<Params>): AnyFaultDriver {
  const { summary, params: schema } = harm;
  const kind = `${sdk.name}/${harm.harm}`;
  const wishOf = (injection: Pick<Injection, 'targets' | 'params'>) => {
    const params = schema.parse(injection.params);
    return { ...pointOf(injection.targets), effect: harm.effectOf(params), percent: params.percent };
  };
  const callOf = (injection: Injection, tools: Tools): RuleCall => {
    const { service, ...wish } = wishOf(injection);
    const content = { ...wish, id: injection.injectionId, tag: tagOf(injection) };
    return { injection, content, client: clientFor(service, tools), now: tools.now };
  };
  return defineFault({
    ...{ kind, summary, system: sdk, params: schema, selector: sdkSelector },
    capabilities: {
      expiry: 'lease',
      hasFence: true,
      isReversible: true,
      countsHits: true,
      scope: 'one point of one service, a share of its calls, within the bounds of the application',
    },
    survey: ({ target, params }, tools) =>
      surveyPoint({ ...target, effect: harm.effectOf(params), percent: params.percent }, tools),
    prepare: async (prepared, tools) => {
      const { refusals } = await surveyPoint(wishOf(prepared), tools);
      refuseAll(`cannot prepare ${prepared.injectionId}`, refusals);
      return { ...prepared, originals: {}, preparedAt: new Date(tools.now()).toISOString() };
    },
    arm: async (injection, tools) => armRule(callOf(injection, tools)),
    inject: async (injection, tools) => activateRule(callOf(injection, tools)),
    status: async (injection, tools) => readRuleStatus(callOf(injection, tools)),
    renew: async (injection, until, tools) => renewRule(callOf(injection, tools), until),
    rollback: async (injection, tools) => removeRule(callOf(injection, tools)),
    listFaults: (tools) => listRuleFaults(kind, tools),
  });
}
