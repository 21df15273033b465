import type { ReportInput } from '../report-input';
import { html, type Markup } from './markup';

/** Refusals, tool errors and stretches that nobody watched; nothing at all when there were none. */
export function troubleSection({ evidence }: ReportInput): Markup | false {
  const gaps = evidence.observations.flatMap((one) =>
    one.gaps.map((gap) => `${one.id}: nobody watched for ${gap.seconds} s`),
  );
  const lists = [
    list('Refused', evidence.refusals),
    list('Could not be done', evidence.errors),
    list('Gaps in the watching', gaps),
  ];
  return (
    lists.some((one) => one !== false) &&
    html`<section>
      <h2>What went wrong on the way</h2>
      ${lists}
    </section>`
  );
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
