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
    expect(world.stderr.join('\n')).toContain('there is no experiment nobody');
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
