import type { InjectionRecord } from '../../domain/evidence';
import type { Observation } from '../../domain/observation';
import type { ReportInput } from '../report-input';
import { html, type Markup } from './markup';

/** Everything recorded that did not go as it should; nothing at all when all did. */
export function troubleSection({ evidence }: ReportInput): Markup | false {
  const { observations, injections } = evidence;
  const lists = [
    list('Refused', evidence.refusals),
    list('Could not be done', [...evidence.errors, ...observations.flatMap(rollbackTroubles)]),
    list('Did not end as planned', injections.flatMap(endTroubles)),
    list('Gaps in the watching', observations.flatMap(gapTroubles)),
  ];
  return (
    lists.some((one) => one !== false) &&
    html`<section>
      <h2>What went wrong on the way</h2>
      ${lists}
    </section>`
  );
}

function rollbackTroubles({ id, rollbacks }: Observation): string[] {
  return rollbacks.flatMap(({ injectionId, error }) =>
    error === undefined ? [] : [`${id}: its own rollback of ${injectionId} did not succeed: ${error}`],
  );
}

function endTroubles({ injectionId, isHardStopped, end, rollbackEvidence }: InjectionRecord): string[] {
  const why = rollbackEvidence === undefined ? '' : ` (${rollbackEvidence})`;
  return [
    ...(isHardStopped ? [`${injectionId} was ended by its hard stop, not by its experiment`] : []),
    ...(end === undefined || end === 'absent' || end === 'gone' ? [] : [`${injectionId} ended ${end}${why}`]),
  ];
}

function gapTroubles({ id, gaps, temporalAway = [] }: Observation): string[] {
  return [
    ...gaps.map((gap) => `${id}: nobody watched for ${gap.seconds} s`),
    ...temporalAway.map((gap) => `${id}: Temporal did not answer for ${gap.seconds} s; the watching went on`),
  ];
}

function list(name: string, lines: string[]): Markup | false {
  return (
    lines.length > 0 &&
    html`<h3>${name}</h3>
      <ul>
        ${lines.map((line) => html`<li>${line}</li>`)}
      </ul>`
  );
}
