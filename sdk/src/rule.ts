import type { Effect } from './effect';

/** Armed rules are harmless markers; active ones have their effect. */
export type RuleState = 'armed' | 'active';

/** Free words that the rule's owner attaches, so that whoever lists the rule knows whose it is. */
export type RuleTag = Record<string, string>;

/** The part of a rule that never changes and that decides whether two rules are the same. */
export interface RuleContent {
  id: string;
  point: string;
  effect: Effect;
  percent: number;
  tag: RuleTag;
}

/** A rule as the control protocol shows it; `seen` counts calls while active, `hits` those that met the effect. */
export interface Rule extends RuleContent {
  state: RuleState;
  leaseRemainingMs: number;
  remainingMs: number;
  hits: number;
  seen: number;
}
