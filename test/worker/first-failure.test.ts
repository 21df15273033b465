import { firstFailure } from '../../src/worker/first-failure';

type State = ReturnType<Parameters<typeof firstFailure>[0][number]['getState']>;

function aWorker(taskQueue: string): { state: State; getState(): State; options: { taskQueue: string } } {
  return {
    state: 'RUNNING',
    getState() {
      return this.state;
    },
    options: { taskQueue },
  };
}

describe('the workers of a process', () => {
  it('are said to have failed when one of them has, although its run never ends', async () => {
    const [one, other] = [aWorker('gameday-control'), aWorker('gameday-inject:demo')];
    const { failed, forget } = firstFailure([one, other]);
    other.state = 'FAILED';
    await expect(failed).rejects.toThrow('the one for gameday-inject:demo works no more');
    forget();
  });

  it('are not said to have failed when they end as they were asked to', async () => {
    const worker = aWorker('gameday-control');
    const { failed, forget } = firstFailure([worker]);
    let hasFailed = false;
    failed.catch(() => (hasFailed = true));
    let looks = 0;
    worker.getState = () => ((looks += 1), 'STOPPED');
    while (looks < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    forget();
    expect(hasFailed).toBe(false);
  });
});
