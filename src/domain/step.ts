import type { Json } from './json';

/** One entry of a plan's ordered list. */
export type PlannedStep = InjectStep | PauseStep | ParallelStep;

/** Puts one kind of fault on its targets and holds it. */
export interface InjectStep {
  kind: 'inject';
  /** Position in the plan, such as `1` or `2.1` inside a parallel group. */
  id: string;
  /** The driver's kind, such as `sdk/error`. */
  fault: string;
  /** The driver's own selector. */
  target: Json;
  /** The driver's own parameters, every default filled. */
  params: Json;
  forMs: number;
  injectWithinMs: number;
  /** How long a lease lives at the target without renewal. */
  leaseMs: number;
}

/** Waits with no fault in effect. */
export interface PauseStep {
  kind: 'pause';
  id: string;
  forMs: number;
}

/** Holds several faults at once. */
export interface ParallelStep {
  kind: 'parallel';
  id: string;
  steps: InjectStep[];
}

/** The injections of a step, in order; none for a pause. */
export function injectStepsOf(step: PlannedStep): InjectStep[] {
  if (step.kind === 'parallel') return step.steps;
  return step.kind === 'inject' ? [step] : [];
}
