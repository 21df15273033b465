import type { ActivityMetrics } from '../../activities/tools';
import type { Metrics } from '../metrics/metrics';

/** Counts what activities do; an injection counts once however often its activities are tried. */
export function activityMetrics(metrics: Metrics): ActivityMetrics {
  const active = new Set<string>();
  return {
    injected(injectionId) {
      if (active.has(injectionId)) return;
      active.add(injectionId);
      metrics.injectionStarted();
    },
    rolledBack({ injectionId, fault, seconds }) {
      metrics.rolledBack(fault, seconds);
      if (active.delete(injectionId)) metrics.injectionEnded();
    },
    concluded: (verdict) => metrics.experimentEnded(verdict),
  };
}
