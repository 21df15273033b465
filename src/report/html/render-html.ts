import type { Evidence } from '../../domain/evidence';
import type { SeriesChunk } from '../../domain/evidence-store';
import type { Verdict } from '../../domain/verdict';
import type { ReportInput } from '../report-input';
import { approvalSection } from './approvals';
import { figures } from './figures';
import { header, reasons } from './header';
import { injectionSection } from './injections';
import { html, Markup } from './markup';
import { planSection } from './plan';
import { signalSection } from './signals';
import { style } from './style';
import { timeline } from './timeline';
import { troubleSection } from './troubles';

/** Renders one self-contained page: no script, nothing fetched, readable on paper, on a phone and in the dark. */
export function renderHtml(evidence: Evidence, verdict: Verdict, chunks: SeriesChunk[]): string {
  const input: ReportInput = { evidence, verdict, chunks };
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${verdict.verdict}: ${evidence.plan.name}</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        <main>
          ${header(input)} ${reasons(input)} ${figures(input)} ${signalSection(input)} ${timeline(input)}
          ${injectionSection(input)} ${troubleSection(input)} ${approvalSection(input)} ${planSection(input)}
          ${footer(input)}
        </main>
      </body>
    </html> `.text;
}

function footer({ evidence, verdict }: ReportInput): Markup {
  return html`<footer>
    <p>
      Decided by row ${verdict.rule} of the table of verdicts. Decide again from the stored evidence:
      <code>gameday judge ${evidence.experimentId}</code>
    </p>
    <p>plan <code>${evidence.planHash}</code></p>
    ${evidence.targetsHash !== undefined && html`<p>targets <code>${evidence.targetsHash}</code></p>`}
  </footer>`;
}
