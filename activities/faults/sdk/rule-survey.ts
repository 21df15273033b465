import type { DriverTools } from '../../../src/domain/fault-driver';
import type { Survey, Target } from '../../../src/domain/survey';
import { clientFor } from './client-for';
import { ControlFailure } from './control-failure';
import type { Effect, Health, Rule } from './rule';
import { sdkOptIn, type SdkConnection } from './system';

/** What a step asks for, in the words of the control protocol. */
export interface RuleWish {
  service: string;
  point: string;
  effect: Effect;
  percent: number;
}

/** Points that carry the control itself; a fault there would be in the way of its own removal. */
const controlPoint = /^gameday(-control)?([./:-]|$)/;

/** Surveys one point of one service by reading alone; a control that cannot be read is a refusal, since unknown is not safe. */
export async function surveyPoint(wish: RuleWish, tools: DriverTools<SdkConnection>): Promise<Survey> {
  const optedIn = optedInPoints(wish.service, tools);
  const total = Math.max(optedIn.length, 1);
  const refusals = [...standingRefusals(wish, optedIn), ...(await currentRefusals(wish, tools))];
  return { targets: [targetOf(wish)], total, percent: 100 / total, trafficPercent: wish.percent, refusals };
}

function optedInPoints(service: string, { optedIn }: DriverTools<SdkConnection>): string[] {
  const entries = optedIn.map((entry) => sdkOptIn.parse(entry)).filter((entry) => entry.service === service);
  return [...new Set(entries.flatMap((entry) => entry.points))];
}

function standingRefusals({ service, point }: RuleWish, optedIn: string[]): string[] {
  const refusals: string[] = [];
  if (!optedIn.includes(point))
    refusals.push(`point ${point} of ${service} is not opted in; add it under targets.sdk of the environment`);
  if (controlPoint.test(point))
    refusals.push(`point ${point} of ${service} is on the path that removes faults; choose another point`);
  return refusals;
}

async function currentRefusals(wish: RuleWish, tools: DriverTools<SdkConnection>): Promise<string[]> {
  if (tools.connection[wish.service] === undefined)
    return [`the environment has no connection to ${wish.service}; add it under connections.sdk`];
  try {
    const client = clientFor(wish.service, tools);
    const [health, rules] = [await client.readHealth(), await client.listRules()];
    return [...healthRefusals(wish, health), ...boundRefusals(wish, health), ...rules.map((rule) => taken(wish, rule))];
  } catch (error) {
    if (error instanceof ControlFailure) return [error.message];
    throw error;
  }
}

function healthRefusals({ service, point }: RuleWish, health: Health): string[] {
  const refusals: string[] = [];
  if (health.service !== service)
    refusals.push(`the fault control given for ${service} belongs to ${health.service}; correct the address`);
  if (health.disabled) refusals.push(`${service} has its faults switched off; lift its kill switch first`);
  if (!health.points.includes(point))
    refusals.push(`${service} has no point ${point}; it has ${health.points.join(', ') || 'none'}`);
  return refusals;
}

function boundRefusals({ service, effect, percent }: RuleWish, { bounds }: Health): string[] {
  const refusals: string[] = [];
  if (percent > bounds.percentMax)
    refusals.push(`${percent} percent is above what ${service} allows: ${bounds.percentMax} (percentMax)`);
  const delayMs = effect.kind === 'latency' ? effect.delayMs + effect.jitterMs : 0;
  if (delayMs > bounds.delayMaxMs)
    refusals.push(
      `a delay of up to ${delayMs} ms is above what ${service} allows: ${bounds.delayMaxMs} ms (delayMaxMs)`,
    );
  return refusals;
}

/** Any rule at the service is in the way, whoever made it: two at once would judge each other's harm. */
function taken({ service }: RuleWish, { id, point, tag }: Rule): string {
  const whose = tag.experimentId === undefined ? 'of unknown origin' : `of experiment ${tag.experimentId}`;
  return `${service} already carries rule ${id} ${whose} on point ${point}; wait for its end, or sweep`;
}

function targetOf({ service, point }: RuleWish): Target {
  return {
    identity: `sdk:${service}/${point}`,
    lockKey: `sdk:${service}`,
    description: `point ${point} of ${service}`,
    facts: { service, point },
  };
}
