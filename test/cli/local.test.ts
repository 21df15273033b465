import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { nodeCheck } from '../../src/cli/doctor/check-node';
import { stateDirCheck } from '../../src/cli/doctor/check-state-dir';
import { apiCheck } from '../../src/cli/doctor/check-api';
import { validateOffline } from '../../src/cli/offline/validate-offline';
import { removeFaults } from '../../src/cli/offline/remove-faults';
import { peopleIn } from '../../src/people/people-source';
import { anUp, fakeWorld } from './fake-world';
import { until } from './until';

const access = { url: 'http://127.0.0.1:1', token: 'x' };
const folder = () => mkdtemp(join(tmpdir(), 'gameday-local-'));

describe('gameday token', () => {
  test('shows a token once, keeps its hash, lists and removes', async () => {
    const world = await fakeWorld();
    expect(await world.run('token', 'add', 'ada', '--group', 'sre', '--group', 'payments')).toBe(0);
    const [token = ''] = world.stdout;
    const people = peopleIn(world.settings.stateDir);
    expect(people.ownerOf(token)).toEqual({ name: 'ada', groups: ['sre', 'payments'] });

    expect(await world.run('token', 'list')).toBe(0);
    expect(world.stdout[1]).toMatch(/^ada {2}sre, payments {2}/);
    expect(world.stdout[1]).not.toContain(token);

    expect(await world.run('token', 'add', 'ada')).toBe(2);
    expect(world.stderr.join('\n')).toContain('gameday token remove ada');

    expect(await world.run('token', 'remove', 'ada')).toBe(0);
    expect(people.ownerOf(token)).toBeUndefined();
    expect(await world.run('token', 'remove', 'ada')).toBe(2);
  });

  test('asks for a name', async () => {
    const world = await fakeWorld();

    expect(await world.run('token', 'add')).toBe(2);
    expect(world.stderr.join('\n')).toContain('no person is named');
  });
});

describe('gameday init', () => {
  test('writes files that this build takes as they are, and overwrites none', async () => {
    const [world, place] = [await fakeWorld(), await folder()];
    expect(await world.run('init', place)).toBe(0);

    const files = [join(place, 'scenarios/first.yaml'), join(place, 'environments/local.yaml')];
    expect(validateOffline({ environmentsDirectory: join(place, 'environments') }, files, {})).toEqual([]);

    expect(await world.run('init', place)).toBe(2);
    expect(world.stderr.join('\n')).toContain('not overwritten');
  });

  test('says what to type next in the folder it wrote, which may lie outside the project', async () => {
    const [world, place] = [await fakeWorld(), await folder()];
    world.commandWordIn = (asked) => (asked === place ? 'node /opt/gameday/main.js' : 'npx gameday');
    await world.run('init', place);
    expect(world.stdout.join('\n')).toContain(
      `Next: cd ${place} && node /opt/gameday/main.js validate scenarios/first.yaml`,
    );
  });
});

describe('gameday up', () => {
  test('says where things are, and at Ctrl-C winds down', async () => {
    const stops: unknown[] = [];
    const up = anUp(access, { stop: async (options) => (stops.push(options?.keep), []) });
    const world = await fakeWorld(undefined, { bringUp: async () => up });
    const running = world.run('up', '--keep');
    await until(() => world.stdout.length > 0);
    expect(world.stdout.join('\n')).toContain(access.url);
    world.interrupt();

    expect(await running).toBe(0);
    expect(stops).toEqual([true]);
  });

  test('at a second Ctrl-C leaves at once and says which faults remain and when each expires', async () => {
    const faults = [{ injectionId: 'i-1', lockKey: 'noop:x', notAfter: '2026-01-01T00:05:00.000Z' }];
    const remaining = async () => ({ faults, troubles: [] });
    const up = anUp(access, { stop: () => new Promise(() => undefined), remaining });
    const world = await fakeWorld(undefined, { bringUp: async () => up });
    const running = world.run('up');
    await until(() => world.stdout.length > 0);
    world.interrupt();
    await until(() => world.stderr.some((line) => line.startsWith('Stopping')));
    world.interrupt();

    expect(await running).toBe(2);
    expect(world.stderr.join('\n')).toContain('Still there: i-1 on noop:x; it expires at 2026-01-01T00:05:00.000Z');
  });

  test('a second one in the same folder says so and starts nothing', async () => {
    const world = await fakeWorld({ ...access, pid: 4711 });

    expect(await world.run('up')).toBe(0);
    expect(world.stdout.join('\n')).toContain('runs in this folder already, at http://127.0.0.1:1 (process 4711)');
  });
});

describe('gameday server and worker', () => {
  test.each(['server', 'worker'])('%s runs until Ctrl-C and is stopped then', async (verb) => {
    let stopped = 0;
    const part = async () => ({ ended: new Promise<void>(() => undefined), stop: async () => void (stopped += 1) });
    const world = await fakeWorld(undefined, { parts: { server: part, worker: part, sentinel: part } });
    const running = world.run(verb);
    await until(() => world.stdout.length > 0);
    world.interrupt();

    expect(await running).toBe(0);
    expect(stopped).toBe(1);
  });

  test('a part that fails is stopped and ends its command with 2', async () => {
    let stopped = 0;
    const stop = async () => {
      stopped += 1;
      throw new Error('no connection to close');
    };
    const part = async () => ({ ended: Promise.reject(new Error('lost the cluster')), stop });
    const world = await fakeWorld(undefined, { parts: { server: part, worker: part, sentinel: part } });

    expect(await world.run('worker')).toBe(2);
    expect(world.stderr.join('\n')).toContain('lost the cluster');
    expect(world.stderr.join('\n')).not.toContain('no connection to close');
    expect(stopped).toBe(1);
  });
});

describe('gameday doctor', () => {
  test('says what is missing and how to get it, and exits 2 then', async () => {
    const checks = async () => [
      { name: 'node', look: async () => ({ state: 'ok' as const, found: '20.19.0' }) },
      { name: 'temporal', look: async () => ({ state: 'missing' as const, found: 'no binary', help: 'install it' }) },
      { name: 'odd', look: () => Promise.reject(new Error('cannot look')) },
    ];
    const world = await fakeWorld(undefined, { checks });

    expect(await world.run('doctor')).toBe(2);
    expect(world.stdout.join('\n')).toBe(
      'ok       node      20.19.0\nmissing  temporal  no binary → install it\nmissing  odd       cannot look',
    );
  });

  test('knows an old Node, a folder that will be made, and an API that is not there', async () => {
    expect(await nodeCheck('18.20.0').look()).toMatchObject({ state: 'missing' });
    expect(await nodeCheck('20.19.0').look()).toMatchObject({ state: 'ok' });
    expect(await stateDirCheck({ stateDirectory: join(await folder(), 'a/b') }).look()).toMatchObject({ state: 'ok' });
    const api = apiCheck({ ...access, stateDirectory: await folder() });
    expect(await api.look()).toMatchObject({ state: 'missing', found: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('removing faults with the drivers alone', () => {
  test('leaves what still has time, and with isAll removes it', async () => {
    const [world, place] = [await fakeWorld(), await folder()];
    await world.run('init', place);
    const config = { environmentsDirectory: join(place, 'environments'), env: {} };
    const driver = catalogue.faults.find(({ kind }) => kind === 'noop/nothing');
    const connection = { directory: join(place, '.gameday/noop') };
    const tools = {
      connection,
      optedIn: [{ name: 'anything' }],
      environment: 'local',
      signal: AbortSignal.timeout(5_000),
      now: Date.now,
    };
    const target = {
      identity: 'noop:anything',
      lockKey: 'noop:anything',
      description: 'anything',
      facts: { name: 'anything' },
    };
    const later = new Date(Date.now() + 600_000).toISOString();
    const prepared = await driver?.prepare(
      {
        ...{
          injectionId: 'i-1',
          experimentId: 'e-1',
          fault: 'noop/nothing',
          environment: 'local',
          lockKey: 'noop:anything',
        },
        ...{ home: 'elsewhere', targets: [target], params: {}, hardStopAt: later, notAfter: later, leaseMs: 15_000 },
      },
      tools,
    );
    if (prepared) await driver?.arm?.(prepared, tools);
    if (prepared) await driver?.inject(prepared, tools);

    const first = await removeFaults(config, { isAll: false });
    const elsewhere = await removeFaults(config, { isAll: true, environment: 'nowhere' });
    const all = await removeFaults(config, { isAll: true });

    expect(first.findings).toEqual([expect.objectContaining({ injectionId: 'i-1', outcome: 'left' })]);
    expect(elsewhere).toEqual({
      findings: [],
      troubles: ['no valid environment file is called nowhere; there are: local'],
    });
    expect(all.findings).toEqual([expect.objectContaining({ injectionId: 'i-1', outcome: 'removed' })]);
    expect(await driver?.listFaults(tools)).toEqual([]);
  });
});
