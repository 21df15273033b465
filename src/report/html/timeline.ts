import type { Evidence } from '../../domain/evidence';
import { eventsOf } from '../events';
import type { ReportInput } from '../report-input';
import { html, type Markup } from './markup';
import { durationText, preciseClockText } from './words';

/** What happened when: phases and injections as bars, then everything as a story. */
export function timeline({ evidence, verdict }: ReportInput): Markup {
  const startMs = Date.parse(evidence.startedAt);
  const events = eventsOf(evidence, verdict);
  return html`<section>
    <h2>What happened</h2>
    <div class="bars">${phaseBars(evidence)} ${injectionBars(evidence)}</div>
    <ol class="events">
      ${events.map(({ at, tone, text }) => html`<li class="${tone}"><time datetime="${at}">${preciseClockText(Date.parse(at) - startMs)}</time><span>${text}</span></li>`)}
    </ol>
  </section>`;
}

function phaseBars(evidence: Evidence): Markup[] {
  return evidence.phases.map((record) =>
    bar(evidence, { name: record.phase, kind: 'phase', fromAt: record.startedAt, toAt: record.endedAt }),
  );
}

function injectionBars(evidence: Evidence): Markup[] {
  return evidence.injections.flatMap((one) =>
    one.injectedAt === undefined
      ? []
      : [bar(evidence, { name: one.fault, kind: 'harm', fromAt: one.injectedAt, toAt: one.rolledBackAt })],
  );
}

interface Bar {
  name: string;
  kind: 'phase' | 'harm';
  fromAt: string;
  /** Absent while it had not ended when the evidence did. */
  toAt?: string | undefined;
}

function bar({ startedAt, endedAt }: Evidence, { name, kind, fromAt, toAt = endedAt }: Bar): Markup {
  const wholeMs = Math.max(1, Date.parse(endedAt) - Date.parse(startedAt));
  const lengthMs = Math.max(0, Date.parse(toAt) - Date.parse(fromAt));
  const left = percent(Date.parse(fromAt) - Date.parse(startedAt), wholeMs);
  return html`<div class="bar ${kind}">
    <span class="bar-name">${name}</span>
    <span class="bar-track"><i style="left:${left}%;width:${percent(lengthMs, wholeMs)}%"></i></span>
    <span class="bar-length">${durationText(lengthMs)}</span>
  </div>`;
}

function percent(partMs: number, wholeMs: number): number {
  return Number(Math.min(100, Math.max(0, (100 * partMs) / wholeMs)).toFixed(2));
}
