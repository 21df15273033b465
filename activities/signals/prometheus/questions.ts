import type { Selected } from './look-into';

/** A mean is taken of about this many evaluations, and of windows shorter than this none. */
const evaluationsMax = 60;
const meanMinMs = 5_000;

/**
 * What is asked for a reading over a window: the query itself while the window is no longer than what it looks back, and
 * its mean over the part of the window in which it looks at nothing before the window.
 */
export function valueQuestion(query: string, lookBackMs: number, windowMs: number): string {
  const spanMs = windowMs - lookBackMs;
  if (spanMs < meanMinMs) return query;
  // A comment at the end of the query must not swallow what follows it.
  return `avg_over_time((${query}\n)[${Math.floor(spanMs / 1000)}s:${stepSeconds(spanMs)}s])`;
}

/**
 * Of every selector in a query, when its newest sample was taken, in seconds since the epoch; the oldest of these. Nothing
 * when one has none that the query cannot do without.
 */
export function freshnessQuestion(selectors: Selected[]): string {
  const [all, needed] = [newestOf(selectors), selectors.filter(({ isOptional }) => !isOptional)];
  const oldest = `min(${all})`;
  // A single one says by its own absence that it is needed.
  if (needed.length === 0 || selectors.length === 1) return oldest;
  return `${oldest} and on() (count(${newestOf(needed)}) == ${needed.length})`;
}

/** One series for each selector that has a sample. */
function newestOf(selectors: Selected[]): string {
  return selectors
    .map((one, index) => `label_replace(${newestSample(one)}, "selector", "${index}", "", "")`)
    .join(' or ');
}

/** A range goes on giving values once its series has ended, which its latest sample alone would not tell the age of. */
function newestSample({ text, rangeMs }: Selected): string {
  const latest = `max(timestamp(${text}))`;
  if (rangeMs === 0) return latest;
  const span = `${Math.ceil(rangeMs / 1000)}s:${stepSeconds(rangeMs)}s`;
  return `(${latest} or max_over_time(${latest}[${span}]))`;
}

function stepSeconds(spanMs: number): number {
  return Math.max(1, Math.ceil(spanMs / 1000 / evaluationsMax));
}
