import { aVerdict, anEvidence, at } from '../api/make';
import { serve, type Served } from '../api/serve';
import { fakeWorld } from './fake-world';

describe('approve and reject', () => {
  let served: Served;
  let id: string;

  beforeEach(async () => {
    served = await serve();
    const { body } = await served.ask('POST', '/api/v1/experiments', { text: 'kind: experiment' });
    id = String(body['experimentId']);
    const approval = { from: ['sre'], required: 1, expiresInMs: 1, remindEveryMs: 1 };
    const question = { approval, planHash: 'plan-1', targetsHash: 'targets-1', expiresAt: '2026-01-01T01:00:00.000Z' };
    served.gameday.change(id, { question, phase: 'approval' });
  });

  afterEach(() => served.app.close());

  const access = (token = 'token-of-ben') => ({ url: served.url, token });

  test.each([
    ['approve', 'approved'],
    ['reject', 'rejected'],
  ])('%s shows plan and targets and takes their hashes from the experiment', async (verb, decision) => {
    const world = await fakeWorld(access());

    expect(await world.run(verb, id, '--reason', 'looked at it')).toBe(0);

    const by = { name: 'ben', groups: ['payments'] };
    const decided = { decision, by, planHash: 'plan-1', targetsHash: 'targets-1', reason: 'looked at it' };
    expect(served.gameday.decided).toEqual([[id, decided]]);
    expect(world.stderr.join('\n')).toContain('plan of checkout-survives in demo');
    expect(world.stderr.join('\n')).toContain('targets-1');
  });

  test('take other hashes when they are named', async () => {
    const world = await fakeWorld(access());

    await world.run('approve', id, '--reason', 'r', '--plan-hash', 'old', '--targets-hash', 'older');

    expect(served.gameday.decided[0]?.[1]).toMatchObject({ planHash: 'old', targetsHash: 'older' });
  });

  test('complete the first 12 characters of a hash that the experiment asks about, and refuse fewer', async () => {
    const approval = { from: ['sre'], required: 1, expiresInMs: 1, remindEveryMs: 1 };
    const [planHash, targetsHash] = ['9fce128fc45c'.padEnd(64, '0'), '5a'.repeat(32)];
    served.gameday.change(id, { question: { approval, planHash, targetsHash, expiresAt: at } });
    const world = await fakeWorld(access());

    expect(await world.run('approve', id, '--reason', 'r', '--plan-hash', '9fce128fc45c')).toBe(0);
    expect(served.gameday.decided[0]?.[1]).toMatchObject({ planHash, targetsHash });

    for (const wrong of ['9fce128fc45', '9fce128fc45c1'])
      expect(await world.run('approve', id, '--reason', 'r', '--plan-hash', wrong)).toBe(2);
    expect(served.gameday.decided).toHaveLength(1);
    expect(world.stderr.join('\n')).toContain(`The whole one that it asks about is ${planHash}.`);
  });

  test('ask on a terminal, and do nothing after a no', async () => {
    const questions: string[] = [];
    const world = await fakeWorld(access(), { ask: async (question) => (questions.push(question), false) });

    expect(await world.run('approve', id, '--reason', 'r')).toBe(1);
    expect(questions).toHaveLength(1);
    expect(served.gameday.decided).toEqual([]);

    expect(await world.run('approve', id, '--reason', 'r', '--yes')).toBe(0);
    expect(questions).toHaveLength(1);
  });

  test('say why the experiment refuses, and exit 2', async () => {
    served.gameday.refusal = 'ben is in none of the groups asked (sre)';
    const world = await fakeWorld(access());

    expect(await world.run('approve', id, '--reason', 'r')).toBe(2);
    expect(world.stderr.join('\n')).toContain('ben is in none of the groups asked (sre)');
  });

  test('say that an experiment waits for nobody', async () => {
    const { body } = await served.ask('POST', '/api/v1/experiments', { text: 'kind: experiment' });
    const world = await fakeWorld(access());

    expect(await world.run('approve', String(body['experimentId']), '--reason', 'r')).toBe(2);
    expect(world.stderr.join('\n')).toContain('waits for nobody');
  });

  test('say with which verdict an experiment has ended', async () => {
    served.gameday.end(id, aVerdict());
    await served.store.saveEvidence(anEvidence({ experimentId: id }), aVerdict());
    const world = await fakeWorld(access());

    expect(await world.run('approve', id, '--reason', 'r')).toBe(2);
    expect(world.stderr.join('\n')).toContain('it has ended with the verdict refused and asks nobody any more');
  });

  test('name who would help when the experiment refuses', async () => {
    served.gameday.refusal = 'ben is in none of the groups asked (sre)';
    const world = await fakeWorld(access());

    await world.run('approve', id, '--reason', 'r');

    expect(world.stderr.join('\n')).toContain('It needs 1 more of sre, other than ada.');
    expect(world.stderr.join('\n')).toContain('"gameday token add NAME --group sre"');
  });

  test('say that a token is unknown', async () => {
    const world = await fakeWorld(access('token-of-nobody'));

    expect(await world.run('approve', id, '--reason', 'r')).toBe(2);
    expect(world.stderr.join('\n')).toContain(
      `the token is not valid at ${served.url} (its token belongs to nobody here)`,
    );
  });
});
