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
  const stepSeconds = Math.max(1, Math.ceil(spanMs / 1000 / evaluationsMax));
  // A comment at the end of the query must not swallow what follows it.
  return `avg_over_time((${query}\n)[${Math.floor(spanMs / 1000)}s:${stepSeconds}s])`;
}

/** Of every selector in a query, when its newest sample was taken, in seconds since the epoch; the oldest of these. */
export function freshnessQuestion(selectors: string[]): string {
  const newest = selectors.map(
    (selector, index) => `label_replace(max(timestamp(${selector})), "selector", "${index}", "", "")`,
  );
  return `min(${newest.join(' or ')})`;
}
