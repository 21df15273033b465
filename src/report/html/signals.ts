import type { PlannedSignal } from '../../domain/signal';
import { plotOf, type Plot } from '../plot/plot-of';
import type { Span } from '../plot/lines';
import type { ReportInput } from '../report-input';
import { html, type Markup } from './markup';
import { numbers } from './numbers';
import { renderPlot } from './plot';
import { durationText } from './words';

/** One plot per signal over the time in which anybody watched, each with its bounds and its numbers. */
export function signalSection(input: ReportInput): Markup {
  const time = watchedTime(input);
  const { signals } = input.evidence.plan;
  return html`<section>
    <h2>Signals</h2>
    <p class="note">${legend(input)}</p>
    ${signals.map((signal, index) => signalPart(signal, plotOf(signal, input.evidence, input.chunks, time), input, index))}
  </section>`;
}

function signalPart(signal: PlannedSignal, plot: Plot, { evidence }: ReportInput, index: number): Markup {
  return html`<figure class="signal">
    <figcaption>
      <h3>${signal.name}</h3>
      <span class="muted">${rhythmText(signal)}</span>
    </figcaption>
    ${renderPlot(plot, index)} ${boundList(plot)}
    ${plot.breaches.map((breach) => html`<p class="breach-reason">${breach.reason}</p>`)} ${numbers(signal, evidence)}
  </figure>`;
}

function rhythmText(signal: PlannedSignal): string {
  const source = signal.probe === signal.name ? '' : ` of ${signal.probe}`;
  return `${signal.measure}${source}, read every ${durationText(signal.everyMs)} over ${durationText(signal.windowMs)}`;
}

const kindTexts = { 'steady-state': 'before', during: 'during', guard: 'guard', recovery: 'recovery' } as const;

function boundList(plot: Plot): Markup | false {
  const unique = [...new Map(plot.thresholds.map((one) => [`${one.kind} ${one.text}`, one])).values()];
  if (unique.length === 0) return false;
  return html`<ul class="bounds">
    ${unique.map(
      (one) =>
        html`<li>
          <svg viewBox="0 0 26 8" aria-hidden="true"><path class="bound ${one.kind}" d="M1 4H25" /></svg>
          <b>${kindTexts[one.kind]}</b> ${one.text}
        </li>`,
    )}
  </ul>`;
}

function legend({ evidence }: ReportInput): Markup {
  const isHarmed = evidence.injections.some((injection) => injection.injectedAt !== undefined);
  return html`${isHarmed && html`<i class="swatch fault-window"></i> a fault is in effect `}<i
      class="swatch unknown"
    ></i>
    nothing is known: no value, or nobody watching. Times are minutes and seconds since the experiment started.`;
}

/** From the first look at the system to the last; the whole experiment when nobody ever looked. */
function watchedTime({ evidence }: ReportInput): Span {
  const starts = evidence.observations.map((one) => Date.parse(one.startedAt));
  const ends = evidence.observations.map((one) => Date.parse(one.endedAt));
  const fromMs = starts.length > 0 ? Math.min(...starts) : Date.parse(evidence.startedAt);
  const toMs = ends.length > 0 ? Math.max(...ends) : Date.parse(evidence.endedAt);
  return { fromMs, toMs: Math.max(toMs, fromMs + 1_000) };
}
