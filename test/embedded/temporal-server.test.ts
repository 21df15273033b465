import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { askTemporal } from '../../src/embedded/ask-temporal';
import { describeProcess, isSameProcess } from '../../src/embedded/process-note';
import { stopProcess } from '../../src/embedded/stop-process';
import type { StartTemporalOptions } from '../../src/embedded/temporal-options';
import { startTemporal, type RunningTemporal } from '../../src/embedded/temporal-server';
import { noteOfEndedProcess } from './idle-process';
import { realTemporal } from './real-temporal';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();
const started: RunningTemporal[] = [];
let binary = '';
beforeAll(async () => {
  binary = await realTemporal();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

async function start(more: Partial<StartTemporalOptions> = {}): Promise<RunningTemporal> {
  const attributes = { searchAttributes: { GamedayState: 'Keyword' } } as const;
  const common = { stateDir: join(folder(), 'state'), binary, namespace: 'gameday', log: () => undefined };
  const server = await startTemporal({ ...common, ...attributes, ...more });
  started.push(server);
  return server;
}

async function withClient<Result>(address: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection, namespace: 'gameday' }));
  } finally {
    await connection.close();
  }
}

const notePath = (): string => join(folder(), 'state', 'temporal.json');
const kill = (pid: number): Promise<void> => describeProcess(pid, {}).then((note) => stopProcess(note, 0));

describe('the local Temporal server', () => {
  it('serves the namespace as soon as it is said to be started', async () => {
    const { address } = await start();
    const handle = await withClient(address, (client) =>
      client.workflow.start('nothing', { taskQueue: 'none', workflowId: 'first' }),
    );
    expect(handle.workflowId).toBe('first');
  });

  it('keeps its history when it is killed without warning', async () => {
    const first = await start();
    await withClient(first.address, (client) =>
      client.workflow.start('nothing', { taskQueue: 'none', workflowId: 'kept' }),
    );
    await kill(first.pid);
    const second = await start();
    expect(second.adopted).toBe(false);
    const { status } = await withClient(second.address, (client) => client.workflow.getHandle('kept').describe());
    expect(status.name).toBe('RUNNING');
  });

  it('keeps its database from everybody but its owner, also one that an earlier version left open', async () => {
    const modes = async (): Promise<string[]> => {
      const names = (await readdir(join(folder(), 'state'))).filter((name) => name.startsWith('temporal.db'));
      const found = await Promise.all(names.map((name) => stat(join(folder(), 'state', name))));
      return found.map(({ mode }) => (mode & 0o777).toString(8));
    };
    const first = await start();
    expect(new Set(await modes())).toEqual(new Set(['600']));
    await first.stop();
    await chmod(join(folder(), 'state', 'temporal.db'), 0o644);
    await start();
    expect(new Set(await modes())).toEqual(new Set(['600']));
  });

  it('is adopted by a later start instead of opening its database twice', async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ adopted: true, pid: first.pid, address: first.address });
  });

  it('starts once when several ask for it at the same time', async () => {
    const servers = await Promise.all(Array.from({ length: 4 }, () => start()));
    expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
    expect(servers.filter(({ adopted }) => !adopted)).toHaveLength(1);
  });

  it('is found again when its note is lost', async () => {
    const first = await start();
    await rm(notePath());
    expect(await start()).toMatchObject({ adopted: true, pid: first.pid, address: first.address });
  });

  it.each([
    ['a dead process', noteOfEndedProcess],
    [
      'a process that got the pid later',
      async () => ({ ...(await describeProcess(process.pid, {})), startedAt: 'before' }),
    ],
  ])('is started anew when the note is about %s', async (_, stale) => {
    const first = await start();
    await first.stop();
    await writeFile(notePath(), JSON.stringify({ ...(await stale()), port: 1, httpPort: 1 }));
    expect((await start()).adopted).toBe(false);
  });

  it('runs beside another one in another folder', async () => {
    const [first, second] = await Promise.all([start(), start({ stateDir: join(folder(), 'other') })]);
    expect(first.address).not.toBe(second.address);
    expect([first.adopted, second.adopted]).toEqual([false, false]);
  });

  it('gets search attributes that were added to the product later, running or not', async () => {
    const first = await start();
    await start({ searchAttributes: { GamedayState: 'Keyword', GamedayHits: 'Int' } });
    await first.stop();
    await start({ searchAttributes: { GamedayState: 'Keyword', GamedayLate: 'Bool' } });
    const { port, httpPort } = JSON.parse(await readFile(notePath(), 'utf8')) as { port: number; httpPort: number };
    const attributes = await askTemporal({ port, httpPort }, 'gameday');
    expect([...(attributes ?? [])].sort()).toEqual(['GamedayHits', 'GamedayLate', 'GamedayState']);
  });

  it('is gone after a stop, with its note, and a second stop is content', async () => {
    const server = await start();
    const note = await describeProcess(server.pid, {});
    await server.stop();
    await server.stop();
    expect(await isSameProcess(note)).toBe(false);
    await expect(readFile(notePath())).rejects.toThrow('ENOENT');
  });

  it('shows its web pages when asked to', async () => {
    const { uiUrl } = await start({ headless: false });
    expect(uiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${uiUrl}`)).status).toBe(200);
  });

  it('quotes the log of a server that does not start, and leaves none behind', async () => {
    await expect(
      start({ searchAttributes: { 'not a name': 'Keyword', GamedayState: 'Colour' as never } }),
    ).rejects.toThrow(
      /Could not start the local Temporal server: it ended before it answered\. It said: .+ Its log: .+temporal\.log/,
    );
    await expect(readFile(notePath())).rejects.toThrow('ENOENT');
  });

  it('is started again when one of its own ports was taken in between, though the crash says more than that', async () => {
    const once = await crashingOnce();
    expect(await start({ binary: once })).toMatchObject({ adopted: false });
    expect(await readFile(join(folder(), 'state', 'temporal.log'), 'utf8')).toContain('address already in use');
  });
});

/** The server, which at its first start dies as the real one does when another process takes a port that it has picked. */
async function crashingOnce(): Promise<string> {
  const [path, crashed] = [join(folder(), 'temporal'), join(folder(), 'crashed')];
  const stack = Array.from({ length: 40 }, (_, line) => `go.temporal.io/server/service/matching.start(${line})`);
  const words = [
    'level=ERROR msg="Failed to start gRPC listener" error="listen tcp 127.0.0.1:1: bind: address already in use"',
    'panic: runtime error: invalid memory address or nil pointer dereference',
    ...['', 'goroutine 122 [running]:', ...stack],
  ].join('\n');
  await writeFile(crashed, words);
  const script = `[ -e '${crashed}' ] && cat '${crashed}' >&2 && rm '${crashed}' && exit 2\nexec '${binary}' "$@"`;
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}
