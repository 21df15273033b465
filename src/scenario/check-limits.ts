import type { Environment } from '../domain/environment';
import { formatMs } from './duration';
import { finding, type Finding, type Path } from './finding';
import type { Sound } from './check-sections';
import type { WrittenScenario } from './scenario-shape';
import type { WrittenStep } from './steps';

/** Where a scenario asks for more than its environment allows, each with both numbers. */
export function checkLimits(scenario: Sound<WrittenScenario>, environment: Environment): Finding[] {
  return [...checkBlastRadius(scenario, environment), ...(scenario.steps ?? []).flatMap(checkStep)];

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
