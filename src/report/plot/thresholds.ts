import { baselineFor } from '../../domain/baseline-for';
import type { Evidence } from '../../domain/evidence';
import type { Expectation } from '../../domain/expectation';
import type { Observation } from '../../domain/observation';
import { boundOf } from '../../domain/tolerance';
import { describeBound, type Baseline } from '../../domain/watch';
import type { Span } from './lines';

/** A bound that a signal was held to, and when. */
export interface Threshold extends Span {
  kind: 'steady-state' | 'during' | 'guard' | 'recovery';
  /** Undefined when it is relative and nothing is known of steady state. */
  bound: number | string | undefined;
  /** As written, with the number it stands for. */
  text: string;
}

/** Every bound of a signal in every observation to which it applied. */
export function thresholdsOf(signal: string, evidence: Evidence): Threshold[] {
  return evidence.observations.flatMap((observation) =>
    boundsOf(signal, observation, evidence).map(({ kind, expectation }) =>
      thresholdOf(kind, expectation, observation, baselineFor(evidence, observation)),
    ),
  );
}

/** A rule that one observation held a signal to. */
export interface Bound {
  kind: Threshold['kind'];
  expectation: Expectation;
}

/** The rules for a signal in one observation. */
export function boundsOf(signal: string, observation: Observation, evidence: Evidence): Bound[] {
  return boundsIn(observation, evidence).filter(({ expectation }) => expectation.signal === signal);
}

function boundsIn(observation: Observation, { plan }: Evidence): Bound[] {
  const as = (kind: Threshold['kind']) => (expectation: Expectation) => ({ kind, expectation });
  if (observation.purpose === 'baseline') return plan.steadyState.expect.map(as('steady-state'));
  if (observation.purpose === 'recovery') return plan.recovery.expect.map(as('recovery'));
  return [...plan.during.map(as('during')), ...plan.guards.map(as('guard'))];
}

function thresholdOf(
  kind: Threshold['kind'],
  expectation: Expectation,
  observation: Observation,
  baseline: Baseline,
): Threshold {
  return {
    kind,
    fromMs: Date.parse(observation.heldFrom ?? observation.startedAt),
    toMs: Date.parse(observation.endedAt),
    bound: boundOf(expectation.tolerance, baseline[expectation.signal]?.value),
    text: describeBound(expectation, baseline),
  };
}
