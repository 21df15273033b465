import { defineSignal } from './define-signal';
import { prometheusConnection } from './prometheus/connection';
import { openPrometheusProbe } from './prometheus/probe';
import { lookBackMs, prometheusQuery } from './prometheus/query';

/**
 * A number that Prometheus computes from what it has scraped. A query with a range looks back further than the moment it
 * is asked, so that its window must be at least as long: a reading counts once all of that lies after the fault.
 */
export const prometheus = defineSignal({
  kind: 'prometheus',
  summary: 'Reads one number from Prometheus by an instant query in PromQL.',
  query: prometheusQuery,
  connection: prometheusConnection,
  lookBackMs,
  measures: {
    value: {
      summary: 'The number that the query yields; its mean over longer windows.',
      unit: 'value',
      isWindowed: true,
    },
  },
  open: openPrometheusProbe,
});
