import type { Evidence, InjectionRecord } from '../../domain/evidence';
import type { StepSurvey } from '../../domain/survey';
import type { ReportInput } from '../report-input';
import { html, type Markup } from './markup';
import { instantText, percentText } from './words';

/** What was harmed, how it is known that it was, and how it ended. */
export function injectionSection({ evidence }: ReportInput): Markup {
  return html`<section>
    <h2>What was harmed</h2>
    ${evidence.injections.length === 0 && html`<p>Nothing was injected.</p>`}
    ${evidence.injections.map((record) => injection(record, evidence))}
  </section>`;
}

function injection(record: InjectionRecord, evidence: Evidence): Markup {
  const survey = evidence.surveys.find((one) => one.stepId === record.stepId);
  return html`<article class="card">
    <h3>${record.fault} <span class="muted">step ${record.stepId}, ${record.injectionId}</span></h3>
    <dl class="facts">
      ${fact('Targets', record.targets.join(', '))} ${fact('Lock', record.lockKey)}
      ${survey && fact('Blast radius', radiusText(survey, evidence))} ${fact('Effect', effectText(record))}
      ${fact('Hits', hitsText(record))} ${fact('In effect', whenText(record.injectedAt))}
      ${fact('Rolled back', whenText(record.rolledBackAt))} ${fact('End', endText(record))}
      ${record.refusal !== undefined && fact('Refused', record.refusal)}
      ${record.error !== undefined && fact('Error', record.error)}
    </dl>
  </article>`;
}

function fact(name: string, value: string): Markup {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function radiusText(survey: StepSurvey, { plan }: Evidence): string {
  const { targetsMax, trafficPercentMax } = plan.blastRadius;
  const chosen = `${survey.targets.length} of ${survey.total} targets (at most ${targetsMax})`;
  return `${chosen}, up to ${survey.trafficPercent} % of traffic (at most ${trafficPercentMax} %)`;
}

function effectText(record: InjectionRecord): string {
  if (record.injectedAt === undefined) return 'never injected';
  return record.effectSeen ? 'seen after inject and before rollback' : 'not seen';
}

function hitsText({ countsHits, hits, seen }: InjectionRecord): string {
  if (!countsHits) return 'this kind of fault cannot count them';
  if (hits === undefined) return 'unknown';
  return seen ? `${hits} of ${seen} (${percentText(hits, seen)})` : String(hits);
}

function whenText(instant: string | undefined): string {
  return instant === undefined ? 'never' : instantText(instant);
}

function endText({ end, rollbackEvidence, isHardStopped }: InjectionRecord): string {
  const why = rollbackEvidence === undefined ? '' : `: ${rollbackEvidence}`;
  const who = isHardStopped ? ' (by its own hard stop)' : '';
  return end === undefined ? 'unknown' : `${end}${why}${who}`;
}
