import type { ObservationEnd } from '../../src/domain/observation';
import type { Baseline, Breach } from '../../src/domain/watch';
import type { ObserveInput } from '../contract';
import type { Tools } from '../tools';
import type { Eyes } from './eyes';
import type { FaultKeeper } from './fault-keeper';
import type { Memory } from './memory';
import type { Rounds } from './rounds';

/** Everything one observation works with. */
export interface Look {
  tools: Tools;
  input: ObserveInput;
  memory: Memory;
  eyes: Eyes;
  rounds: Rounds;
  keeper: FaultKeeper;
}

/** How an observation ended, with what follows from it. */
export interface Ended {
  end: ObservationEnd;
  reasons: string[];
  breaches?: Breach[];
  baseline?: Baseline;
  recoveredAt?: string;
}

/** One purpose of watching: prepared once per attempt, then asked again and again until it answers. */
export interface Purpose {
  begin(look: Look, nowMs: number): void;
  /** The end, or undefined to go on. */
  look(look: Look, nowMs: number): Promise<Ended | undefined>;
  /** When to look again at the latest, in milliseconds since the epoch. */
  nextAtMs(look: Look, nowMs: number): number;
}
