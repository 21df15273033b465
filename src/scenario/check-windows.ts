import type { Catalogue } from '../domain/catalogue';
import { recoveryCount } from '../domain/expectation';
import type { PlannedSignal } from '../domain/signal';
import type { Sound } from './check-sections';
import { formatMs } from './duration';
import { finding, type Finding, type Path } from './finding';
import type { WrittenScenario } from './scenario-shape';
import type { PlannedSignals } from './signals';
import type { WrittenStep } from './steps';

/**
 * Where a signal that looks back further than its window, or whose window is longer than the time it is watched for, would
 * mix what was before a fault with what comes of it.
 */
export function checkWindows(
  scenario: Sound<WrittenScenario>,
  planned: PlannedSignals,
  catalogue: Catalogue,
): Finding[] {
  const signals = planned.signals.flatMap((signal) => {
    const needMs = lookBackOf(signal, planned, catalogue);
    return needMs > 0 ? [{ ...signal, needMs }] : [];
  });
  return [
    ...signals.filter(({ windowMs, needMs }) => windowMs < needMs).map(tooNarrow),
    ...checkSteadyState(scenario, signals),
    ...checkHolds(scenario, signals),
    ...checkRecovery(scenario, signals),
  ];
}

type BackLooking = PlannedSignal & { needMs: number };

function lookBackOf({ probe }: PlannedSignal, { probes }: PlannedSignals, catalogue: Catalogue): number {
  const planned = probes.find(({ id }) => id === probe);
  const provider = catalogue.signals.find(({ kind }) => kind === planned?.kind);
  return provider?.lookBackMs?.(planned?.query) ?? 0;
}

function tooNarrow({ name, windowMs, needMs }: BackLooking): Finding {
  const need = `expected at least ${formatMs(needMs)}, which is how far the query looks back`;
  return finding(['signals', name, 'window'], `${need}, found ${formatMs(windowMs)}`, `window: ${formatMs(needMs)}`);
}

function checkSteadyState({ steadyState }: Sound<WrittenScenario>, signals: BackLooking[]): Finding[] {
  return steadyState ? tooShort(['steadyState', 'for'], steadyState.for, signals, ({ windowMs }) => windowMs) : [];
}

function checkHolds({ steps, during }: Sound<WrittenScenario>, signals: BackLooking[]): Finding[] {
  const judged = signals.filter(({ name }) => Object.hasOwn(during?.expect ?? {}, name));
  return holdsOf(steps ?? []).flatMap(({ forMs, path }) => tooShort(path, forMs, judged, ({ windowMs }) => windowMs));
}

function holdsOf(steps: WrittenStep[]): { forMs: number; path: Path }[] {
  return steps.flatMap((step, index) => {
    if (step.kind === 'pause') return [];
    if (step.kind === 'inject') return [{ forMs: step.forMs, path: ['steps', index, 'for'] }];
    return step.steps.map(({ forMs }, place) => ({ forMs, path: ['steps', index, 'parallel', place, 'for'] }));
  });
}

function checkRecovery({ recovery, steadyState }: Sound<WrittenScenario>, signals: BackLooking[]): Finding[] {
  const expected = recovery?.expect ?? steadyState?.expect ?? {};
  const judged = signals.filter(({ name }) => Object.hasOwn(expected, name));
  const needs = ({ windowMs, everyMs }: BackLooking) => windowMs + (recoveryCount - 1) * everyMs;
  return recovery ? tooShort(['recovery', 'within'], recovery.within, judged, needs) : [];
}

/** One finding for the signal that needs most. */
function tooShort(path: Path, givenMs: number, signals: BackLooking[], needs: (one: BackLooking) => number): Finding[] {
  const [most] = [...signals].sort((left, right) => needs(right) - needs(left));
  if (!most || givenMs >= needs(most)) return [];
  const why = `so that ${most.name}, with its window of ${formatMs(most.windowMs)}, can be read wholly in it`;
  return [finding(path, `expected at least ${formatMs(needs(most))}, ${why}, found ${formatMs(givenMs)}`)];
}
