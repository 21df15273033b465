import type { ActivityMetrics } from '../../activities/tools';
import type { Metrics } from '../metrics/metrics';

/** Counts what activities do. */
export function activityMetrics(metrics: Metrics): ActivityMetrics {
  return {
    rolledBack: ({ fault, seconds }) => metrics.rolledBack(fault, seconds),
    concluded: (verdict) => metrics.experimentEnded(verdict),
  };
}
