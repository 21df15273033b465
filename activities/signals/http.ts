import { defineSignal } from './define-signal';
import { httpMeasures } from './http/measures';
import { openHttpProbe } from './http/probe';
import { httpQuery } from './http/query';

/**
 * A synthetic client: requests start at a constant rate, whether or not earlier ones have answered (open loop, so that
 * slow answers cannot hide themselves by slowing down the asking), and every latency counts from the scheduled start.
 */
export const http = defineSignal({
  kind: 'http',
  summary:
    'Sends requests at a constant rate over connections of its own and measures answers, failures and latencies.',
  query: httpQuery,
  measures: httpMeasures,
  open: openHttpProbe,
});
