import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nothing } from '../../activities/faults/noop/nothing';
import { eventually } from '../contract/eventually';
import { anInjection } from '../fakes/injection';

const root = join(__dirname, '../..');
const hook = ['-r', join(root, 'test/contract/register-typescript.cjs')];
const environment = `kind: environment
name: demo
connections:
  noop: { directory: ../markers }
targets:
  noop: [{ name: anything }]
limits: { targetsMax: 1, trafficPercentMax: 100, injectionMax: 10m, concurrentExperimentsMax: 1, concurrentInjectionsMax: 1 }
`;

describe('the sentinel as a process', () => {
  let home: string;
  let parent: ChildProcess;
  let sentinel: ChildProcess;
  const noteFile = () => join(home, 'state', 'sentinel.json');
  const markers = async () => [...(await readdir(join(home, 'markers')))];

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'gameday-sentinel-'));
    await mkdir(join(home, 'environments'));
    await mkdir(join(home, 'markers'));
    await writeFile(join(home, 'environments', 'demo.yaml'), environment);
    parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const folders = ['--environments', join(home, 'environments'), '--state-dir', join(home, 'state')];
    const all = [
      ...hook,
      join(root, 'src/sentinel/main.ts'),
      ...folders,
      '--parent',
      String(parent.pid),
      '--every',
      '50',
    ];
    sentinel = spawn(process.execPath, all, { stdio: 'inherit' });
    await eventually('its note', 20_000, async () => (await readFile(noteFile()).catch(() => '')) !== '');
  });
  afterEach(async () => {
    for (const child of [parent, sentinel])
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await rm(home, { recursive: true });
  });

  it('outlives its killed parent and Ctrl-C until the last fault is over, removes it and leaves', async () => {
    const injection = anInjection({ notAfter: new Date(Date.now() + 1_500).toISOString() });
    const tools = { connection: { directory: join(home, 'markers') }, optedIn: [], environment: 'demo' };
    const handed = { ...tools, signal: new AbortController().signal, now: Date.now };
    await nothing.arm?.(injection, handed);
    await nothing.inject(injection, handed);
    const ended = once(sentinel, 'exit');
    parent.kill('SIGKILL');
    sentinel.kill('SIGINT');
    sentinel.kill('SIGHUP');
    expect(await markers()).toHaveLength(1);
    const [code] = await ended;
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(injection.notAfter));
    expect({ code, markers: await markers(), state: [...(await readdir(join(home, 'state')))] }).toEqual({
      code: 0,
      markers: [],
      state: ['.gitignore'],
    });
  });

  it('answers at the address in its note and leaves on SIGTERM with its parent alive', async () => {
    const { url, pid } = JSON.parse(await readFile(noteFile(), 'utf8'));
    const health = await (await fetch(`${url}/health`)).json();
    expect(health).toMatchObject({ pid, environments: ['demo'], faults: 0, problems: [] });
    expect(pid).toBe(sentinel.pid);
    const ended = once(sentinel, 'exit');
    sentinel.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('leaves a file that is no marker alone and names it in its health', async () => {
    const name = 'somebody-1.1.active.json';
    await writeFile(join(home, 'markers', name), 'not ours');
    const { url } = JSON.parse(await readFile(noteFile(), 'utf8'));
    const health = async () => (await fetch(`${url}/health`)).text();
    await eventually('the problem', 10_000, async () => (await health()).includes(name));
    expect(await markers()).toEqual([name]);
  });

  it('loads neither Temporal nor the API', async () => {
    const script = `require('${root}/src/sentinel/run-sentinel.ts'); console.log(Object.keys(require.cache).join('\\n'))`;
    const child = spawn(process.execPath, [...hook, '-e', script]);
    let loaded = '';
    child.stdout.on('data', (part: Buffer) => (loaded += part.toString()));
    await once(child, 'close');
    expect(loaded).toContain('run-sentinel.ts');
    expect(loaded).not.toMatch(/@temporalio|fastify|libsql|kysely/);
  });
});
