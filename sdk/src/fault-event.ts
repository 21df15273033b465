import type { Effect } from './effect';
import type { FaultAttributes } from './fault-attributes';
import type { RuleTag } from './rule';

/** One call that met an effect, for the application's own logs, metrics and traces. */
export interface FaultEvent {
  point: string;
  ruleId: string;
  effect: Effect;
  tag: RuleTag;
  attributes: FaultAttributes | undefined;
}

/** Is told of every hit; whatever it throws is ignored. */
export type OnEffect = (event: FaultEvent) => void;
