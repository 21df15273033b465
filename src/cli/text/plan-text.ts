import type { Plan } from '../../domain/plan';
import { injectStepsOf, type InjectStep, type PlannedStep } from '../../domain/step';
import type { StepSurvey } from '../../domain/survey';

/** A plan for people who decide on it: what is believed, what is done, within which limits. */
export function planText(plan: Plan): string {
  const { targetsMax, trafficPercentMax } = plan.blastRadius;
  return [
    `plan of ${plan.name} in ${plan.environment.name}${plan.environment.isProduction ? ' (production)' : ''}`,
    `  hypothesis: ${plan.hypothesis}`,
    `  steady state for ${seconds(plan.steadyState.forMs)}: ${expectations(plan.steadyState.expect)}`,
    ...plan.steps.flatMap(stepLines),
    `  during: ${expectations(plan.during)}`,
    ...plan.guards.map(
      (guard) => `  guard: ${guard.signal} ${guard.tolerance.text}, ${guard.count} of ${guard.of} outside trips`,
    ),
    `  recovery within ${seconds(plan.recovery.withinMs)}: ${expectations(plan.recovery.expect)}`,
    `  blast radius: ${targetsMax} ${targetsMax === 1 ? 'target' : 'targets'}, ${trafficPercentMax} % of traffic at most`,
    ...(plan.approval ? [`  approval: ${plan.approval.required} of ${plan.approval.from.join(', ')}`] : []),
  ].join('\n');
}

/** What a survey found, for people who decide on it. */
export function surveyText(surveys: StepSurvey[]): string {
  return surveys.flatMap(surveyLines).join('\n');
}

function surveyLines({
  stepId,
  fault,
  targets,
  total,
  percent,
  trafficPercent,
  refusals,
  capabilities,
}: StepSurvey): string[] {
  const chosen = `${targets.length} of ${total} selected (${round(percent)} %), at most ${round(trafficPercent)} % of traffic`;
  return [
    `targets of step ${stepId}, ${fault}: ${chosen}`,
    ...targets.map((target) => `  ${target.identity}  ${target.description}`),
    `  scope: ${capabilities.scope}; without us it ends by: ${capabilities.expiry}`,
    ...refusals.map((refusal) => `  refused: ${refusal}`),
  ];
}

function stepLines(step: PlannedStep): string[] {
  if (step.kind === 'pause') return [`  step ${step.id}: pause for ${seconds(step.forMs)}`];
  return injectStepsOf(step).map(injectLine);
}

function injectLine({ id, fault, target, params, forMs }: InjectStep): string {
  return `  step ${id}: inject ${fault} into ${JSON.stringify(target)} with ${JSON.stringify(params)} for ${seconds(forMs)}`;
}

function expectations(expect: Plan['during']): string {
  return expect.map(({ signal, tolerance }) => `${signal} ${tolerance.text}`).join(', ') || 'nothing';
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}

function round(percent: number): number {
  return Math.round(percent * 10) / 10;
}
