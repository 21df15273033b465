import type { Injection } from '../../../src/domain/injection';
import { canonicalJson } from '../../../src/domain/json';
import { Invalid } from '../refused';
import { readInjection, writeInjection } from '../injection-record';
import type { Rule } from './rule';
import { sdkSelector } from './system';
import type { z } from 'zod';

/** The part of a rule that an injection decides. */
export type RuleContent = Pick<Rule, 'id' | 'point' | 'effect' | 'percent' | 'tag'>;

/** The tag under which a rule is ours: a few words for people, and the whole injection for whoever has to end it. */
export function tagOf(injection: Injection): Record<string, string> {
  const { experimentId, fault, environment, home, notAfter } = injection;
  return { owner: 'gameday', experimentId, fault, environment, home, notAfter, injection: writeInjection(injection) };
}

/** Whether a rule carries the tag of any Gameday. */
export function isTagged(rule: Rule): boolean {
  return rule.tag.owner === 'gameday';
}

/** The injection in a rule's tag, or undefined when it cannot be read or belongs to another rule. */
export function injectionIn(rule: Rule): Injection | undefined {
  const injection = readInjection(rule.tag.injection ?? '');
  return injection?.injectionId === rule.id ? injection : undefined;
}

/** Whether a rule is exactly what was armed: same point, effect, share and tag. */
export function isUnchanged(rule: Rule, content: RuleContent): boolean {
  const { id, point, effect, percent, tag } = rule;
  return canonicalJson({ id, point, effect, percent, tag }) === canonicalJson(content);
}

/** The one point that an injection is about; an Invalid when it names several or none. */
export function pointOf(targets: Injection['targets']): z.infer<typeof sdkSelector> {
  const [target, ...others] = targets;
  const point = sdkSelector.safeParse(target?.facts).data;
  if (point === undefined || others.length > 0)
    throw new Invalid(`expected one point of one service, found ${targets.length} targets; use one step for each`);
  return point;
}
