import { z } from 'zod';
import { durationMs, durationText } from '../duration';
import { lookInto } from './look-into';

const textMax = 4_000;

/** What Prometheus is asked, as an author writes it. */
export const prometheusQuery = z.strictObject({
  /** One number in PromQL: aggregated to a single series, each rate over a range of its own. */
  query: z.string().min(1).max(textMax).superRefine(refuseLies),
  /** How far in the past it is evaluated, so that scrapes under way are in and the same instant gives the same answer. */
  delay: durationText('1m').default('1s'),
  /** The oldest newest sample that counts; an older one is `stale`. At least one interval of scraping. */
  maxAge: durationText('10m').default('20s'),
});

/** A parsed query; parsing it again changes nothing. */
export type PrometheusQuery = z.infer<typeof prometheusQuery>;

/** How long before its end a reading looks at the latest, in ms: what its window must cover to lie in it. */
export function lookBackMs({ query, delay, maxAge }: PrometheusQuery): number {
  const { rangeMs, hasInstantSelector } = lookInto(query);
  return durationMs(delay) + Math.max(rangeMs, hasInstantSelector ? durationMs(maxAge) : 0);
}

function refuseLies(query: string, context: z.core.$RefinementCtx<string>): void {
  const { selectors, lies } = lookInto(query);
  const none = 'expected a query of at least one metric: a constant says nothing of the system';
  for (const message of selectors.length === 0 ? [none, ...lies] : lies)
    context.addIssue({ code: 'custom', message, params: { isComplete: true } });
}
