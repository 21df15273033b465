import type { DriverTools } from './fault-driver';
import type { Target } from './survey';

/** What a selector means at this moment. */
interface FoundTargets {
  /** The chosen ones, in an order that does not change as long as the targets do not. */
  targets: Target[];
  /** How many it could have chosen from. */
  total: number;
  /** Each a sentence: not opted in, excluded, too few left. Any one refuses. */
  refusals: string[];
}

/** Port: finds the things that a selector names, by reading alone; a survey and nothing later asks it. */
export interface TargetFinder<Selector, Connection> {
  find(selector: Selector, tools: DriverTools<Connection>): Promise<FoundTargets>;
}
