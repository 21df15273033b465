import type { VerdictWord } from '../../domain/verdict';
import type { ReportInput } from '../report-input';
import { html, type Markup } from './markup';
import { durationText, instantText } from './words';

/** The verdict before everything else, and what was believed. */
export function header(input: ReportInput): Markup {
  const { evidence, verdict } = input;
  const { plan } = evidence;
  return html`<header class="top ${verdict.verdict}">
    <div class="verdict">
      <span class="sign" aria-hidden="true">${signs[verdict.verdict]}</span>
      <div>
        <strong>${verdict.verdict}</strong>
        <span>${meanings[verdict.verdict]}</span>
      </div>
    </div>
    <div class="belief">
      <h1>${plan.name}</h1>
      <blockquote>${plan.hypothesis}</blockquote>
    </div>
    ${evidence.isRehearsal && html`<p class="banner">A rehearsal: every fault was replaced by one that does nothing, so this says nothing about the system.</p>`}
    <dl class="facts">
      ${facts(input).map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </header>`;
}

/** Why the verdict is what it is, in the words of the rule that decided it. */
export function reasons({ verdict }: ReportInput): Markup {
  return html`<section class="reasons ${verdict.verdict}">
    <h2>Why</h2>
    <ul>
      ${verdict.reasons.map((reason) => html`<li>${reason}</li>`)}
    </ul>
  </section>`;
}

const signs: Record<VerdictWord, string> = {
  passed: '✓',
  failed: '✕',
  aborted: '■',
  refused: '⊘',
  errored: '!',
  inconclusive: '?',
};

const meanings: Record<VerdictWord, string> = {
  passed: 'the hypothesis held and the system recovered',
  failed: 'the hypothesis did not hold',
  aborted: 'stopped before it could be told',
  refused: 'nothing was harmed',
  errored: 'it could not be told',
  inconclusive: 'too little was seen to tell',
};

function facts({ evidence }: ReportInput): [string, string][] {
  const { plan, startedAt, endedAt, startedBy, experimentId } = evidence;
  const kind = plan.environment.isProduction ? `${plan.environment.name} (production)` : plan.environment.name;
  const known: [string, string | undefined][] = [
    ['Environment', kind],
    ['Started', instantText(startedAt)],
    ['Lasted', durationText(Date.parse(endedAt) - Date.parse(startedAt))],
    ['Started by', startedBy.name],
    ['Experiment', experimentId],
    ['Dependency', plan.dependency],
    ['Failure mode', plan.failureMode],
    ['Assumption', plan.assumption],
  ];
  return known.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
}
