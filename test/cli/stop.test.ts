import { GamedayError } from '../../src/client/gameday';
import { aVerdict, anEvidence, at } from '../api/make';
import { serve, type Served } from '../api/serve';
import { fakeWorld, type FakeWorld } from './fake-world';

describe('the stop verbs', () => {
  let served: Served;
  let world: FakeWorld;
  let id: string;

  beforeEach(async () => {
    served = await serve();
    world = await fakeWorld({ url: served.url, token: 'token-of-ada' });
    const { body } = await served.ask('POST', '/api/v1/experiments', { text: 'kind: experiment' });
    id = String(body['experimentId']);
    world.offlineGameday.runs.set(id, served.gameday.run(id));
  });

  afterEach(() => served.app.close());

  test('go to the API first, in the name of the owner of the token', async () => {
    expect(await world.run('abort', id, '--reason', 'enough')).toBe(0);
    expect(await world.run('halt', 'demo', '--reason', 'incident')).toBe(0);

    expect(served.gameday.aborted).toEqual([
      [id, expect.objectContaining({ reason: 'enough', by: { name: 'ada', groups: ['sre'] } })],
    ]);
    expect(served.gameday.halted[0]?.[0]).toBe('demo');
    expect(world.offlineGameday.aborted).toEqual([]);
  });

  describe('of an experiment that has ended', () => {
    const notFound = () => Promise.reject(new GamedayError('not-found', 'it has ended'));

    beforeEach(async () => {
      served.gameday.end(id, aVerdict());
      served.gameday.abort = notFound;
      world.offlineGameday.abort = notFound;
      await served.store.saveEvidence(anEvidence({ experimentId: id }), aVerdict());
    });

    test('abort says how and when it ended, and exits 0', async () => {
      expect(await world.run('abort', id)).toBe(0);
      expect(world.stdout).toEqual([`${id} had ended with the verdict refused at ${at}: nothing was to stop.`]);
    });

    test('abort names what is still being rolled back', async () => {
      const open = { injectionId: 'i-1', environment: 'demo', lockKey: 'sdk:payment', fault: 'sdk/error' };
      served.gameday.injections = [{ ...open, experimentId: id, startedAt: at }];

      await world.run('abort', id);

      expect(world.stdout.join()).toContain('its injection i-1 is still being rolled back');
    });

    test('abort says the same from the store when only Temporal answers', async () => {
      const alone = await fakeWorld();
      alone.offlineGameday.abort = notFound;
      alone.offline.store = async () => served.store;

      expect(await alone.run('abort', id)).toBe(0);
      expect(alone.stdout.join()).toContain('had ended with the verdict refused');
    });

    test.each(['api', 'temporal'])('abort of an id that nobody knows exits 2 through %s', async (way) => {
      const one = way === 'api' ? world : await fakeWorld();
      one.offlineGameday.abort = notFound;

      expect(await one.run('abort', 'none')).toBe(2);
      expect(one.stderr.join('\n')).toContain('"gameday list"');
    });
  });

  describe('of a name that no environment file has', () => {
    test.each(['halt', 'resume'])('%s through the API exits 2 with the nearest name', async (verb) => {
      expect(await world.run(verb, 'deom', '--reason', 'r')).toBe(2);
      expect(world.stderr.join('\n')).toContain('did you mean "demo"?');
    });

    test('halt through Temporal alone exits 2 with the nearest name, and nothing is halted', async () => {
      const alone = await fakeWorld();

      expect(await alone.run('halt', 'deom')).toBe(2);
      expect(alone.stderr.join('\n')).toContain('did you mean "demo"?');
      expect(alone.offlineGameday.halted).toEqual([]);
    });

    test('halt through Temporal alone is obeyed when the files cannot be read', async () => {
      const alone = await fakeWorld();
      alone.offline.environments = { names: () => Promise.reject(new Error('gone')), isWhole: async () => false };

      expect(await alone.run('halt', 'deom')).toBe(0);
      expect(alone.offlineGameday.halted.map(([name]) => name)).toEqual(['deom']);
    });
  });

  const outages: [name: string, away: (served: Served) => Promise<void>][] = [
    ['the API is gone', (one) => one.app.close()],
    ['the API cannot reach Temporal', async (one) => void (one.gameday.outage = 'refuses')],
    ['the API waits for Temporal in vain', async (one) => void (one.gameday.outage = 'hangs')],
  ];

  test.each(outages)('go straight to Temporal when %s', async (_name, away) => {
    await away(served);

    expect(await world.run('abort', id, '--reason', 'enough')).toBe(0);
    expect(await world.run('halt', 'demo')).toBe(0);

    expect(world.offlineGameday.aborted[0]?.[1]).toMatchObject({
      kind: 'abort',
      by: { name: 'operator' },
      reason: 'enough',
    });
    expect(world.offlineGameday.halted[0]?.[0]).toBe('demo');
    expect(world.stderr.join('\n')).toContain('going straight to Temporal');
  });

  test('go straight to Temporal when nothing runs here', async () => {
    const alone = await fakeWorld();
    alone.offlineGameday.runs.set(id, served.gameday.run(id));

    expect(await alone.run('abort', id)).toBe(0);
    expect(alone.offlineGameday.aborted).toHaveLength(1);
  });

  test('say what to do when neither answers, and exit 2', async () => {
    await served.app.close();
    world.offlineGameday.outage = 'refuses';

    expect(await world.run('halt', 'demo')).toBe(2);
    expect(world.stderr.join('\n')).toContain('--direct');
    expect(world.stdout).toEqual([]);
  });

  test('do not take a clear no of the API for an outage', async () => {
    expect(await world.run('abort', 'nobody')).toBe(2);
    expect(world.stderr.join('\n')).toContain('no experiment with the id nobody is known');
    expect(world.offlineGameday.aborted).toEqual([]);
  });

  test('a direct halt uses the drivers alone and removes everything', async () => {
    await served.app.close();

    expect(await world.run('halt', 'demo', '--direct')).toBe(0);
    expect(world.swept).toEqual([{ environment: 'demo', isAll: true }]);
    expect(served.gameday.halted).toEqual([]);
    expect(world.stdout.join('\n')).toContain('removed  i-1');
  });

  test('a halt of an unknown environment says so', async () => {
    await world.run('halt', 'deom');

    expect(world.stderr.join('\n')).toContain('there are: demo');
  });

  test('a sweep goes to the API, to the drivers when it is gone, and with --all to the drivers at once', async () => {
    let asked = 0;
    served.parts.faults.sweep = async () => (asked++, { findings: [], troubles: [] });
    expect(await world.run('sweep')).toBe(0);
    expect([asked, world.swept]).toEqual([1, []]);

    expect(await world.run('sweep', '--all')).toBe(0);
    expect([asked, world.swept]).toEqual([1, [{ isAll: true }]]);

    await served.app.close();
    expect(await world.run('sweep', '--environment', 'demo')).toBe(0);
    expect(world.swept[1]).toEqual({ environment: 'demo', isAll: false });
  });

  test('a sweep that could not look everywhere exits 2', async () => {
    served.parts.faults.sweep = async () => ({ findings: [], troubles: ['noop in demo: no answer'] });

    expect(await world.run('sweep')).toBe(2);
    expect(world.stdout.join('\n')).toContain('noop in demo: no answer');
  });

  test('resume of an environment that is not halted says so and changes nothing, and without its word is done', async () => {
    served.gameday.environments.set('demo', { name: 'demo', experiments: [], injections: [] });

    expect(await world.run('resume', 'demo', '--reason', 'over')).toBe(0);
    expect(world.stdout.join('\n')).toContain('demo was not halted.');
    expect(served.gameday.resumed).toEqual([]);

    served.gameday.environment = () => Promise.reject(new Error('no worker'));
    expect(await world.run('resume', 'demo', '--reason', 'over')).toBe(0);
    expect(served.gameday.resumed).toHaveLength(1);
  });

  test('resume and release are taken to the API with their reasons', async () => {
    expect(await world.run('resume', 'demo', '--reason', 'over')).toBe(0);
    expect(await world.run('release', 'i-1', '--reason', 'by hand')).toBe(0);

    expect(served.gameday.resumed[0]?.[0]).toBe('demo');
    expect(served.gameday.released[0]).toEqual(['i-1', { name: 'ada', groups: ['sre'] }, 'by hand']);
  });

  test.each([
    ['resume', 'demo'],
    ['release', 'i-1'],
    ['approve', 'x'],
    ['watch', 'x'],
  ])('%s says how to start an API when there is none', async (verb, word) => {
    const alone = await fakeWorld();
    const reason = verb === 'watch' ? [] : ['--reason', 'r'];

    expect(await alone.run(verb, word, ...reason)).toBe(2);
    expect(alone.stderr.join('\n')).toContain('gameday up');
  });
});
