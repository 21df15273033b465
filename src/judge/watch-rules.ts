import { breachCount, type Expectation } from '../domain/expectation';
import type { Plan } from '../domain/plan';
import type { Reading } from '../domain/signal';
import { watch, type Baseline, type Breach, type WatchRule, type WatchState } from '../domain/watch';

/** The lines of a scenario as rules, by the count that every line without its own has. */
export function expectationRules(expectations: Expectation[]): WatchRule[] {
  return expectations.map((one, index) => ({
    ...one,
    ...breachCount,
    kind: 'expectation',
    id: `expectation-${index}`,
  }));
}

/** Everything that can end a hold. */
export function holdRules(plan: Plan): WatchRule[] {
  const guards = plan.guards.map((one, index): WatchRule => ({ ...one, kind: 'guard', id: `guard-${index}` }));
  return [...expectationRules(plan.during), ...guards];
}

/** The first breach of a rule in a series, if any. */
export function firstBreach(rule: WatchRule, series: Reading[], baseline: Baseline): Breach | undefined {
  let state: WatchState = {};
  for (const reading of series) {
    const next = watch(state, rule, reading, baseline);
    if (next.breach) return next.breach;
    state = next.state;
  }
  return undefined;
}
