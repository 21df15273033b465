import type { ReportInput } from '../report-input';
import { html, type Markup } from './markup';
import { instantText } from './words';

/** Who was asked and who decided what, for which plan and targets. */
export function approvalSection({ evidence }: ReportInput): Markup {
  const { approval } = evidence.plan;
  return html`<section>
    <h2>Approval</h2>
    ${approval ? html`<p>${approval.required} of ${approval.from.join(', ')} had to agree.</p>` : html`<p>Neither the scenario nor its environment asked for one.</p>`}
    ${evidence.decisions.map(
      (one) =>
        html`<article class="card">
          <h3>
            ${one.decision}
            <span class="muted">by ${one.by.name} (${one.by.groups.join(', ')}), ${instantText(one.at)}</span>
          </h3>
          <p>${one.reason}</p>
          <p class="muted">plan ${short(one.planHash)}, targets ${short(one.targetsHash)}</p>
        </article>`,
    )}
  </section>`;
}

function short(hash: string): string {
  return hash.slice(0, 12);
}
