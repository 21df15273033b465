import type { Expectation, Guard } from '../../domain/expectation';
import type { InjectStep, PlannedStep } from '../../domain/step';
import type { ReportInput } from '../report-input';
import { html, type Markup, type Piece } from './markup';
import { durationText } from './words';

/** What was planned, in words, and the whole plan as it was hashed. */
export function planSection({ evidence }: ReportInput): Markup {
  const { plan } = evidence;
  const { limits } = plan.environment;
  return html`<section>
    <h2>Plan</h2>
    <dl class="plan">
      ${part('Steady state', [html`for ${durationText(plan.steadyState.forMs)}: `, lines(plan.steadyState.expect)])}
      ${part(
        'Steps',
        html`<ol>
          ${plan.steps.map((step) => html`<li>${stepText(step)}</li>`)}
        </ol>`,
      )}
      ${part('During', lines(plan.during))} ${part('Guards', guards(plan.guards))}
      ${part('Recovery', [html`within ${durationText(plan.recovery.withinMs)}: `, lines(plan.recovery.expect)])}
      ${part('Blast radius', `at most ${plan.blastRadius.targetsMax} ${plan.blastRadius.targetsMax === 1 ? 'target' : 'targets'} and ${plan.blastRadius.trafficPercentMax} % of traffic`)}
      ${part('Limits of the environment', `${limits.targetsMax} targets, ${limits.trafficPercentMax} % of traffic, ${durationText(limits.injectionMaxMs)} per injection`)}
    </dl>
    <details>
      <summary>The whole plan</summary>
      <pre>${JSON.stringify(plan, null, 2)}</pre>
    </details>
  </section>`;
}

function part(name: string, content: Piece): Markup {
  return html`<div>
    <dt>${name}</dt>
    <dd>${content}</dd>
  </div>`;
}

function lines(expectations: Expectation[]): Markup {
  if (expectations.length === 0) return html`<span class="muted">nothing</span>`;
  return html`${expectations.map((one) => html`<code>${one.signal} ${one.tolerance.text}</code> `)}`;
}

function guards(all: Guard[]): Markup {
  if (all.length === 0) return html`<span class="muted">none</span>`;
  return html`${all.map((one) => html`<code>${one.signal} ${one.tolerance.text}</code> <span class="muted">trips at ${one.count} of ${one.of} outside</span> `)}`;
}

function stepText(step: PlannedStep): Markup {
  if (step.kind === 'pause') return html`pause for ${durationText(step.forMs)}`;
  if (step.kind === 'inject') return injectText(step);
  return html`at once: ${step.steps.map((one) => html`<br />${injectText(one)}`)}`;
}

function injectText(step: InjectStep): Markup {
  return html`<b>${step.fault}</b> on <code>${JSON.stringify(step.target)}</code> with
    <code>${JSON.stringify(step.params)}</code> for ${durationText(step.forMs)}`;
}
