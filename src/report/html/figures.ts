import type { ReportInput } from '../report-input';
import { timingsOf, type Timing } from '../timings';
import { html, type Markup } from './markup';
import { durationText, percentText } from './words';

/** The numbers people ask for first, each with how finely it could be told. */
export function figures(input: ReportInput): Markup {
  const { detect, rollback, recovery } = timingsOf(input.evidence);
  return html`<section class="figures" aria-label="Key figures">
    ${time('Detection', 'from harm to the breach', detect, 'no breach')}
    ${time('Rollback', 'until the fault was seen gone', rollback, 'nothing to roll back')}
    ${time('Recovery', 'from removal to steady state', recovery, 'not seen')} ${hits(input)}
  </section>`;
}

function time(name: string, meaning: string, timing: Timing, otherwise: string): Markup {
  if (timing.ms === null) return figure(name, '–', otherwise, meaning);
  return figure(name, durationText(timing.ms), `± ${durationText(timing.resolutionMs)}`, meaning);
}

function hits({ evidence }: ReportInput): Markup {
  const counted = evidence.injections.filter((injection) => injection.countsHits && injection.seen !== undefined);
  const met = counted.reduce((sum, injection) => sum + (injection.hits ?? 0), 0);
  const could = counted.reduce((sum, injection) => sum + (injection.seen ?? 0), 0);
  const meaning = 'of what could meet the fault did';
  if (could === 0) return figure('Hits', '–', 'not counted', meaning);
  return figure('Hits', percentText(met, could), `${met} of ${could}`, meaning);
}

function figure(name: string, value: string, detail: string, meaning: string): Markup {
  return html`<div class="figure">
    <h2>${name}</h2>
    <p class="big">${value}</p>
    <p class="detail">${detail}</p>
    <p class="muted">${meaning}</p>
  </div>`;
}
