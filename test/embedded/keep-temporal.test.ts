import { keepTemporal, type Keeping } from '../../src/embedded/keep-temporal';
import { describeProcess } from '../../src/embedded/process-note';
import { stopProcess } from '../../src/embedded/stop-process';
import { startTemporal, type RunningTemporal } from '../../src/embedded/temporal-server';
import { eventually } from '../contract/eventually';
import { realTemporal } from './real-temporal';
import { useTemporaryFolder } from './temporary-folder';

const address = '127.0.0.1:4711';
let pids = 0;

/** A server in memory that a test can end. */
class FakeTemporal implements RunningTemporal {
  readonly pid = (pids += 1);
  readonly adopted = false;
  isAlive = true;

  constructor(readonly address: string) {}

  async isRunning(): Promise<boolean> {
    return this.isAlive;
  }

  async stop(): Promise<void> {
    this.isAlive = false;
  }
}

function keep(change: Partial<Keeping> = {}) {
  const [said, servers]: [string[], FakeTemporal[]] = [[], [new FakeTemporal(address)]];
  const restart = async (): Promise<RunningTemporal> => {
    const next = new FakeTemporal(address);
    servers.push(next);
    return next;
  };
  const log = (line: string): void => void said.push(line);
  const [first] = servers;
  if (first === undefined) throw new Error('there is always a first one');
  const kept = keepTemporal(first, { restart, log, advice: 'Start it again.', lookMs: 1, pauseMs: 1, ...change });
  return { kept, said, servers, end: () => void servers.at(-1)?.stop() };
}

describe('a Temporal that is kept', () => {
  it('is started again when it ends, which is said', async () => {
    const { kept, said, servers, end } = keep();
    end();
    await eventually('a second one', 5_000, async () => servers.length === 2);
    await eventually('that is said', 5_000, async () => said.length === 2);
    expect(said).toEqual([
      expect.stringMatching(/has ended: starting it again on 127\.0\.0\.1:4711/),
      expect.stringMatching(/is back on 127\.0\.0\.1:4711/),
    ]);
    await kept.stop();
    expect(servers.map(({ isAlive }) => isAlive)).toEqual([false, false]);
  });

  it('is given up after three failed starts in a row, saying what stays and how to go on', async () => {
    let starts = 0;
    const restart = (): Promise<RunningTemporal> => Promise.reject(new Error(`no luck ${(starts += 1)}`));
    const { kept, said, end } = keep({ restart });
    end();
    await expect(kept.failed).rejects.toThrow(
      /could not be started again 3 times in a row: no luck 3\. Start it again\./,
    );
    expect(starts).toBe(3);
    expect(said.filter((line) => line.includes('did not start again'))).toHaveLength(3);
    await kept.stop();
  });

  it('that ends again at once each time counts as one that does not start', async () => {
    let starts = 0;
    const restart = async (): Promise<RunningTemporal> => {
      starts += 1;
      const next = new FakeTemporal(address);
      await next.stop();
      return next;
    };
    const { kept, end } = keep({ restart });
    end();
    await expect(kept.failed).rejects.toThrow('it ended again at once');
    expect(starts).toBe(3);
  });

  it('is not taken for back when it answers elsewhere, where no connection leads', async () => {
    const { kept, end } = keep({ restart: async () => new FakeTemporal('127.0.0.1:1') });
    end();
    await expect(kept.failed).rejects.toThrow('another one runs here, at 127.0.0.1:1');
  });

  it('is not started again once it was let go of', async () => {
    const { kept, said, servers, end } = keep();
    kept.letGo();
    expect(await kept.isGone()).toBe(false);
    end();
    await eventually('it is gone', 5_000, () => kept.isGone());
    await kept.stop();
    expect({ said, starts: servers.length }).toEqual({ said: [], starts: 1 });
  });
});

describe('a Temporal that is let go of while it is being started again', () => {
  function beingRestarted() {
    let settle: { back(server: RunningTemporal): void; fail(why: string): void } | undefined;
    const restart = (): Promise<RunningTemporal> =>
      new Promise((resolve, reject) => {
        settle = { back: resolve, fail: (why) => reject(new Error(why)) };
      });
    const { kept, end } = keep({ restart });
    end();
    const underWay = () => eventually('the start', 5_000, async () => settle !== undefined);
    return { kept, underWay, back: () => settle?.back(new FakeTemporal(address)), fail: () => settle?.fail('no luck') };
  }

  it('is not gone: it may yet come back, and then is there', async () => {
    const { kept, underWay, back } = beingRestarted();
    await underWay();
    kept.letGo();
    expect(await kept.isGone()).toBe(false);
    back();
    await new Promise(setImmediate);
    expect(await kept.isGone()).toBe(false);
    await kept.stop();
    expect(await kept.isGone()).toBe(true);
  });

  it('is gone once that start has failed', async () => {
    const { kept, underWay, fail } = beingRestarted();
    await underWay();
    kept.letGo();
    fail();
    await eventually('it is gone', 5_000, () => kept.isGone());
    await kept.stop();
  });
});

const folder = useTemporaryFolder();

describe('a real Temporal that is killed', () => {
  it('is back on the same port', async () => {
    const common = { stateDir: folder(), namespace: 'default', searchAttributes: {}, log: () => undefined };
    const options = { ...common, binary: await realTemporal() };
    const first = await startTemporal(options);
    const port = Number(first.address.split(':')[1]);
    let back: RunningTemporal | undefined;
    const restart = async (): Promise<RunningTemporal> => (back = await startTemporal({ ...options, port }));
    const kept = keepTemporal(first, { restart, log: () => undefined, advice: '', lookMs: 20 });
    try {
      await stopProcess(await describeProcess(first.pid, {}), 0);
      await eventually('it is back', 30_000, async () => back !== undefined);
      expect(back).toMatchObject({ address: first.address, adopted: false });
      expect(back?.pid).not.toBe(first.pid);
    } finally {
      await kept.stop();
    }
    expect(await back?.isRunning()).toBe(false);
  });
});
