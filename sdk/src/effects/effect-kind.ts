import type { Effect } from '../effect';
import type { FaultAttributes } from '../fault-attributes';
import type { FaultBounds } from '../fault-bounds';
import type { FaultOutcome } from '../fault-outcome';
import type { Fields } from '../fields';
import type { LiveRule } from '../live-rule';

/** One sampled call at a fault point, as an effect meets it. */
export interface FaultCall {
  rule: LiveRule;
  attributes: FaultAttributes | undefined;
  bounds: FaultBounds;
  /** Counts this call as one that met the effect; called once, when the effect is certain. */
  hit(): void;
}

/** An effect whose values are checked; `apply` answers undefined when this call is let through unharmed. */
export interface PreparedEffect {
  effect: Effect;
  apply(call: FaultCall): undefined | Promise<FaultOutcome>;
}

/** One kind of effect: the keys of its wire form and how they become something that can be applied. */
export interface EffectKind {
  kind: Effect['kind'];
  keys: readonly string[];
  /** Reads the wire form; throws a Refusal that names the bound and the value found. */
  read(fields: Fields, bounds: FaultBounds): PreparedEffect;
}
