import { createMetrics } from '../../src/metrics/metrics';

describe('metrics', () => {
  test('count experiments by verdict from zero, injections up and down, rollbacks and sweep findings', async () => {
    const metrics = createMetrics();

    metrics.experimentEnded('failed');
    metrics.injectionStarted();
    metrics.injectionStarted();
    metrics.injectionEnded();
    metrics.rolledBack('sdk/error', 0.2);
    metrics.sweepFound({ environment: 'demo', fault: 'noop/nothing', outcome: 'removed' });

    const { text, contentType } = await metrics.render();
    expect(contentType).toContain('text/plain');
    expect(text).toContain('gameday_experiments_total{verdict="failed"} 1');
    expect(text).toContain('gameday_experiments_total{verdict="passed"} 0');
    expect(text).toContain('gameday_injections_active 1');
    expect(text).toContain('gameday_rollback_seconds_bucket{le="0.5",fault="sdk/error"} 1');
    expect(text).toContain('gameday_rollback_seconds_bucket{le="0.1",fault="sdk/error"} 0');
    expect(text).toContain('gameday_sweep_findings_total{environment="demo",fault="noop/nothing",outcome="removed"} 1');
  });

  test('are kept apart between two parts of one process', async () => {
    const [one, other] = [createMetrics(), createMetrics()];

    one.experimentEnded('passed');

    expect((await other.render()).text).toContain('gameday_experiments_total{verdict="passed"} 0');
  });
});
