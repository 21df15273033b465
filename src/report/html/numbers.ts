import { baselineFor } from '../../domain/baseline-for';
import type { Evidence } from '../../domain/evidence';
import type { Observation, SignalSummary } from '../../domain/observation';
import type { PlannedSignal } from '../../domain/signal';
import { isWithin } from '../../domain/tolerance';
import { describeBound } from '../../domain/watch';
import { boundsOf } from '../plot/thresholds';
import { html, type Markup } from './markup';
import { valueText } from './words';

/** What a signal was worth in each observation beside the rules that it was held to, and in words where it lay outside. */
export function numbers(signal: PlannedSignal, evidence: Evidence): Markup | false {
  const rows = evidence.observations.flatMap((observation) =>
    observation.summaries
      .filter((summary) => summary.signal === signal.name)
      .map((summary) => ({ observation, summary, rules: rulesOf(summary, observation, evidence) })),
  );
  if (rows.length === 0) return false;
  return html`${rows.flatMap(({ observation, summary, rules }) => rules.filter((rule) => rule.isOutside).map((rule) => outside(observation, summary, rule)))}
    <div class="table">
      <table>
        <thead>
          <tr>
            <th>when</th>
            <th>value</th>
            <th>rule</th>
            <th>lowest</th>
            <th>highest</th>
            <th>readings</th>
            <th>unknown</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(({ observation, summary, rules }) => numberRow(observation, summary, rules))}
        </tbody>
      </table>
    </div>`;
}

interface Rule {
  text: string;
  isOutside: boolean;
}

function rulesOf({ signal, value }: SignalSummary, observation: Observation, evidence: Evidence): Rule[] {
  const baseline = baselineFor(evidence, observation);
  return boundsOf(signal, observation, evidence).map(({ kind, expectation }) => {
    const isInside = value === undefined ? undefined : isWithin(expectation.tolerance, value, baseline[signal]?.value);
    const text = describeBound(expectation, baseline);
    return { text: kind === 'guard' ? text.replace(/^expected/, 'guard') : text, isOutside: isInside === false };
  });
}

// A value over a whole observation that lies outside is no breach by itself; what was breached stands beside it.
function outside({ id }: Observation, { signal, value, unit }: SignalSummary, { text }: Rule): Markup {
  return html`<p class="breach-reason">${id}: ${signal} was ${valueText(value, unit)}, ${text}</p>`;
}

function numberRow({ id }: Observation, summary: SignalSummary, rules: Rule[]): Markup {
  const { value, min, max, known, unknown, n, unit } = summary;
  const basis = n === undefined ? undefined : html` <span class="muted">n ${n}</span>`;
  return html`<tr>
    <th>${id}</th>
    <td>${valueText(value, unit)}${basis}</td>
    <td>${rules.length === 0 ? html`<span class="muted">none here</span>` : rules.map(ruleText)}</td>
    <td>${valueText(min, unit)}</td>
    <td>${valueText(max, unit)}</td>
    <td>${known}</td>
    <td>${unknown}</td>
  </tr>`;
}

function ruleText({ text, isOutside }: Rule, index: number): Markup {
  return html`${index > 0 && html`<br />`}${text}${isOutside && html` <b>outside</b>`}`;
}
