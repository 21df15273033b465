import type { Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import type { Blocker, Plan } from '../domain/plan';
import type { PlannedProbe } from '../domain/signal';
import { checkLimits } from './check-limits';
import { checkOptIn } from './check-opt-in';
import { checkWindows } from './check-windows';
import { planBlockers } from './plan-blockers';
import type { EndpointReader } from './endpoints';
import { resolveExpectations, type Units } from './expectations';
import { finding, type Finding, type Path } from './finding';
import { defaultGuards, resolveGuards } from './guards';
import { planApproval } from './plan-approval';
import type { Sound } from './check-sections';
import type { WrittenScenario } from './scenario-shape';
import { planSignals, type PlannedSignals } from './signals';
import { checkSteps, injectionsOf, planSteps, systemOf, type WrittenStep } from './steps';
import type { WrittenTolerance } from './tolerance';

const storeWaitMaxMs = 10 * 60_000;

/** What a plan is made from. */
export interface PlanParts {
  scenario: Sound<WrittenScenario>;
  /** The keys of sections that are there and out of shape; what is wrong with them has been said. */
  broken: ReadonlySet<string>;
  /** Every signal that is declared, those that are out of shape included. */
  declaredSignals: readonly string[];
  /** Undefined when it is not known: what depends on it is then left unjudged. */
  environment: Environment | undefined;
  catalogue: Catalogue;
  readEndpoint: EndpointReader;
}

/** Makes the plan from sections in shape; findings say what is wrong with them taken together. */
export function planSections(parts: PlanParts): { plan?: Plan; findings: Finding[] } {
  const { scenario, environment, catalogue, broken, declaredSignals } = parts;
  const signals = planSignals(scenario.signals ?? {}, catalogue, declaredSignals);
  const steps = scenario.steps ?? [];
  const findings = [...signals.findings, ...(scenario.steps ? checkSteps(steps, !broken.has('steps')) : [])];
  const judged = scenario.signals ? judge(scenario, { ...signals, declared: declaredSignals }, findings) : undefined;
  findings.push(...checkWindows(scenario, signals, catalogue));
  if (!broken.has('steadyState')) findings.push(...checkSteadyState(scenario, catalogue));
  if (!environment) return { findings };
  findings.push(...checkLimits(scenario, environment), ...checkSystems(steps, environment));
  findings.push(...checkOptIn(steps, environment));
  findings.push(...checkSources(signals.probes, catalogue, environment));
  const approval = planApproval(scenario.approval, environment.approval, findings);
  const blockers = planBlockers(environment, catalogue, parts.readEndpoint, findings);
  if (!isWhole(scenario) || !judged || findings.length > 0) return { findings };
  return {
    plan: {
      ...planOf(scenario, environment, blockers),
      ...judged,
      ...(approval && { approval }),
    },
    findings,
  };
}

/** The signals that could be planned, and the names of all that are declared. */
type DeclaredSignals = PlannedSignals & { declared: readonly string[] };

type Judged = Pick<Plan, 'probes' | 'signals' | 'steadyState' | 'during' | 'guards' | 'recovery'>;

function judge(scenario: Sound<WrittenScenario>, planned: DeclaredSignals, findings: Finding[]): Judged {
  const units = unitsOf(planned);
  const expect = (written: Record<string, WrittenTolerance> | undefined, path: Path, mayBeRelative: boolean) =>
    resolveExpectations(written ?? {}, { units, path, findings, mayBeRelative });
  const steady = expect(scenario.steadyState?.expect, ['steadyState', 'expect'], false);
  const recovery = scenario.recovery?.expect;
  const guards = resolveGuards(scenario.guards ?? [], { units, measures: planned.measures, findings });
  return {
    probes: planned.probes,
    signals: planned.signals,
    steadyState: { forMs: scenario.steadyState?.for ?? 0, expect: steady },
    during: expect(scenario.during?.expect, ['during', 'expect'], true),
    guards: guards.length > 0 ? guards : defaultGuards(planned.signals, planned.measures),
    recovery: {
      withinMs: scenario.recovery?.within ?? 0,
      expect: recovery ? expect(recovery, ['recovery', 'expect'], true) : steady,
    },
  };
}

/** Units of all declared signals; one that could not be planned counts as declared, since it has its own finding. */
function unitsOf(planned: DeclaredSignals): Units {
  const units = new Map<string, string | undefined>(planned.declared.map((name) => [name, undefined]));
  for (const signal of planned.signals) units.set(signal.name, signal.unit);
  return units;
}

function isWhole(scenario: Sound<WrittenScenario>): scenario is WrittenScenario {
  const { kind, name, hypothesis, steps, signals, recovery, rollbackWithin, blastRadius } = scenario;
  return [kind, name, hypothesis, steps, signals, recovery, rollbackWithin, blastRadius].every(
    (part) => part !== undefined,
  );
}

function planOf(
  scenario: WrittenScenario,
  environment: Environment,
  blockers: Blocker[],
): Omit<Plan, keyof Judged | 'approval'> {
  const { kind, hypothesis, assumption, dependency, failureMode, blastRadius } = scenario;
  const { name, isProduction, limits } = environment;
  return {
    ...{ kind, name: scenario.name, hypothesis },
    ...(assumption !== undefined && { assumption }),
    ...(dependency !== undefined && { dependency }),
    ...(failureMode !== undefined && { failureMode }),
    environment: { name, isProduction, limits, blockers },
    steps: planSteps(scenario.steps),
    blastRadius: {
      targetsMax: blastRadius.targetsMax ?? limits.targetsMax,
      trafficPercentMax: blastRadius.trafficPercentMax ?? limits.trafficPercentMax,
    },
    rollbackWithinMs: scenario.rollbackWithin,
    storeWaitMaxMs,
  };
}

function checkSteadyState({ steps, steadyState }: Sound<WrittenScenario>, catalogue: Catalogue): Finding[] {
  if (!steps || Object.keys(steadyState?.expect ?? {}).length > 0) return [];
  const harmful = faultsOf(steps).filter(({ fault }) => !isHarmless(fault, catalogue));
  if (harmful.length === 0) return [];
  const message = 'expected at least one signal that must hold before anything is touched, found none';
  return [finding(steadyState ? ['steadyState', 'expect'] : ['steadyState'], message)];
}

function isHarmless(fault: string, catalogue: Catalogue): boolean {
  return catalogue.faults.find((driver) => driver.kind === fault)?.capabilities.isHarmless === true;
}

function faultsOf(steps: WrittenStep[]): { fault: string; path: Path }[] {
  return injectionsOf(steps).map(({ step, path }) => ({ fault: step.fault, path: [...path, 'inject'] }));
}

function checkSystems(steps: WrittenStep[], { name, connections }: Environment): Finding[] {
  const missing = faultsOf(steps).filter(({ fault }) => !Object.hasOwn(connections, systemOf(fault)));
  return missing.map(({ fault, path }) => {
    const system = systemOf(fault);
    const message = `expected a system to which environment ${name} has a connection, found ${system}`;
    return finding(path, message, `add connections.${system} to the environment file`);
  });
}

/** Signals that are read from something to which the environment must have a connection. */
function checkSources(probes: PlannedProbe[], catalogue: Catalogue, { name, connections }: Environment): Finding[] {
  const needed = catalogue.signals.filter(({ connection }) => connection !== undefined).map(({ kind }) => kind);
  const missing = probes.filter(({ kind }) => needed.includes(kind) && !Object.hasOwn(connections, kind));
  return missing.map(({ id, kind }) => {
    const message = `expected a source to which environment ${name} has a connection, found ${kind}`;
    return finding(['signals', id, kind], message, `add connections.${kind} to the environment file`);
  });
}
