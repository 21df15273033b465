import { createMetrics } from '../../src/metrics/metrics';

describe('metrics', () => {
  test('count experiments by verdict from zero, rollbacks and sweep findings', async () => {
    const metrics = createMetrics();

    metrics.experimentEnded('failed');
    metrics.rolledBack('sdk/error', 0.2);
    metrics.sweepFound({ environment: 'demo', fault: 'noop/nothing', outcome: 'removed' });

    const { text, contentType } = await metrics.render();
    expect(contentType).toContain('text/plain');
    expect(text).toContain('gameday_experiments_total{verdict="failed"} 1');
    expect(text).toContain('gameday_experiments_total{verdict="passed"} 0');
    expect(text).toContain('gameday_rollback_seconds_bucket{le="0.5",fault="sdk/error"} 1');
    expect(text).toContain('gameday_rollback_seconds_bucket{le="0.1",fault="sdk/error"} 0');
    expect(text).toContain('gameday_sweep_findings_total{environment="demo",fault="noop/nothing",outcome="removed"} 1');
  });

  test('count the active injections anew each time they are read', async () => {
    const counts = [0, 2, 1];
    const metrics = createMetrics(async () => counts.shift() ?? 0);
    for (const count of [0, 2, 1])
      expect((await metrics.render()).text).toContain(`\ngameday_injections_active ${count}\n`);
  });

  test('show no count of active injections when it cannot be had, and everything else all the same', async () => {
    const answers = [Promise.resolve(1), Promise.reject(new Error('Temporal is away')), Promise.resolve(2)];
    const metrics = createMetrics(() => answers.shift() ?? Promise.resolve(0));
    expect((await metrics.render()).text).toContain('gameday_injections_active 1');
    const { text } = await metrics.render();
    expect(text).not.toMatch(/^gameday_injections_active/m);
    expect(text).toContain('gameday_experiments_total{verdict="passed"} 0');
    expect((await metrics.render()).text).toContain('gameday_injections_active 2');
  });

  test('are kept apart between two parts of one process', async () => {
    const [one, other] = [createMetrics(), createMetrics()];

    one.experimentEnded('passed');

    expect((await other.render()).text).toContain('gameday_experiments_total{verdict="passed"} 0');
  });
});
