import { drain, type Draining } from '../../src/worker/drain';

type State = ReturnType<Draining['getState']>;

const never = new Promise<void>(() => undefined);

function aWorker(run: Promise<void> = never): Draining & { state: State } {
  return {
    state: 'DRAINING',
    run,
    getState() {
      return this.state;
    },
  };
}

describe('workers that were asked to end', () => {
  it('have ended when each has', async () => {
    expect(await drain([aWorker(Promise.resolve()), aWorker(Promise.resolve())])).toBe(true);
  });

  it('are waited for while one of them still lets its work end', async () => {
    let end: () => void = () => undefined;
    const slow = aWorker(new Promise((resolve) => (end = resolve)));
    let hasEnded: boolean | undefined;
    const ending = drain([aWorker(Promise.resolve()), slow]).then((ended) => (hasEnded = ended));
    let looks = 0;
    slow.getState = () => ((looks += 1), 'DRAINING');
    while (looks < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(hasEnded).toBeUndefined();
    end();
    expect(await ending).toBe(true);
  });

  it('are not waited for once one has failed on its way out, whose run may never settle', async () => {
    const one = aWorker();
    const ending = drain([aWorker(Promise.resolve()), one]);
    one.state = 'FAILED';
    expect(await ending).toBe(false);
  });

  it('are not waited for when their run says that they failed', async () => {
    expect(await drain([aWorker(Promise.reject(new Error('lost the namespace')))])).toBe(false);
  });

  it('are not waited for without an end', async () => {
    expect(await drain([aWorker()], 300)).toBe(false);
  });
});
