import type { Environment } from '../domain/environment';
import { formatMs } from './duration';
import { finding, type Finding, type Path } from './finding';
import type { Sound } from './check-sections';
import type { WrittenScenario } from './scenario-shape';
import { isMap } from './plain-json';
import { injectionsOf, type PlacedInjection, type WrittenStep } from './steps';

/** Where a scenario asks for more than its environment allows, each with both numbers. */
export function checkLimits(scenario: Sound<WrittenScenario>, environment: Environment): Finding[] {
  const steps = scenario.steps ?? [];
  const traffic = injectionsOf(steps).flatMap((placed) => checkTraffic(placed, scenario, environment));
  return [...checkBlastRadius(scenario, environment), ...steps.flatMap(checkStep), ...traffic];

  function checkStep(step: WrittenStep, index: number): Finding[] {
    if (step.kind === 'pause') return [];
    if (step.kind === 'inject') return checkHold(step.forMs, ['steps', index, 'for'], environment);
    const group: Path = ['steps', index, 'parallel'];
    const holds = step.steps.flatMap((one, place) => checkHold(one.forMs, [...group, place, 'for'], environment));
    return [...holds, ...checkGroup(step.steps.length, group, environment)];
  }
}

function checkBlastRadius({ blastRadius }: Sound<WrittenScenario>, { name, limits }: Environment): Finding[] {
  const pairs = [
    ['targetsMax', blastRadius?.targetsMax, limits.targetsMax],
    ['trafficPercentMax', blastRadius?.trafficPercentMax, limits.trafficPercentMax],
  ] as const;
  return pairs.flatMap(([key, asked, allowed]) =>
    asked !== undefined && asked > allowed ? tooMuch(['blastRadius', key], name, String(allowed), String(asked)) : [],
  );
}

/** A fault's `percent` is the share of the traffic that meets it, so that one above a limit could only be refused. */
function checkTraffic(
  { step, path }: PlacedInjection,
  { blastRadius }: Sound<WrittenScenario>,
  { name, limits }: Environment,
): Finding[] {
  const percent = isMap(step.params) ? step.params['percent'] : undefined;
  const own = blastRadius?.trafficPercentMax ?? limits.trafficPercentMax;
  const allowed = Math.min(own, limits.trafficPercentMax);
  if (typeof percent !== 'number' || percent <= allowed) return [];
  const limit = own < limits.trafficPercentMax ? 'limit of its own blastRadius' : `limit of environment ${name}`;
  const message = `expected at most ${allowed}, the ${limit} (trafficPercentMax), found ${percent}`;
  return [finding([...path, 'with', 'percent'], message, `set percent to ${allowed} or less`)];
}

function checkHold(forMs: number, path: Path, { name, limits }: Environment): Finding[] {
  const allowed = limits.injectionMaxMs;
  return forMs > allowed ? [tooMuch(path, `${name} (injectionMax)`, formatMs(allowed), formatMs(forMs))] : [];
}

function checkGroup(count: number, path: Path, { name, limits }: Environment): Finding[] {
  const allowed = limits.concurrentInjectionsMax;
  return count > allowed ? [tooMuch(path, `${name} (concurrentInjectionsMax)`, String(allowed), String(count))] : [];
}

function tooMuch(path: Path, environment: string, allowed: string, asked: string): Finding {
  return finding(path, `expected at most ${allowed}, the limit of environment ${environment}, found ${asked}`);
}
