import { GamedayError } from '../../src/client/gameday';
import { aVerdict, anEvidence, at } from './make';
import { serve, type Served } from './serve';

describe('acts that come too late or from the wrong person', () => {
  let served: Served;
  beforeEach(async () => {
    served = await serve();
  });
  afterEach(() => served.app.close());

  async function start(): Promise<string> {
    const { body } = await served.ask('POST', '/api/v1/experiments', { text: 'kind: experiment' });
    return String(body['experimentId']);
  }

  test('aborting an experiment that has ended answers how it ended and what is still open, and audits nothing', async () => {
    const id = await start();
    await served.app.close();
    served.store.audit.length = 0;
    const { gameday, store } = served;
    served = await serve({ gameday, store });
    gameday.end(id, aVerdict());
    await store.saveEvidence(anEvidence({ experimentId: id }), aVerdict());
    gameday.abort = () => Promise.reject(new GamedayError('not-found', 'there is no such workflow, or it has ended'));
    const injection = { environment: 'demo', fault: 'sdk/error', lockKey: 'sdk:payment', startedAt: at };
    gameday.injections = [{ ...injection, injectionId: `${id}-1`, experimentId: id }];

    const ended = await served.ask('POST', `/api/v1/experiments/${id}/abort`, { reason: 'enough' });
    const unknown = await served.ask('POST', '/api/v1/experiments/none/abort', { reason: 'enough' });

    const how = { verdict: 'refused', endedAt: at, openInjections: [`${id}-1`] };
    expect([ended.status, ended.body]).toEqual([200, { experimentId: id, isAborting: false, ended: how }]);
    expect(unknown.status).toBe(404);
    expect(unknown.body['why']).toBe('no experiment with the id none is known');
    expect(store.audit).toEqual([]);
  });

  test('answers 409 with the sentence of the validator when a decision is refused', async () => {
    const id = await start();
    served.gameday.refusal = 'ada started this experiment and cannot approve it';
    const body = { planHash: 'p', targetsHash: 't', reason: 'fine' };

    const answer = await served.ask('POST', `/api/v1/experiments/${id}/approve`, body);

    expect(answer.status).toBe(409);
    expect(answer.body['why']).toBe('ada started this experiment and cannot approve it');
    expect(served.store.audit.map(({ action }) => action)).not.toContain('approve');
  });

  test('audits a decision that is sent again once, and that of another person by itself', async () => {
    const id = await start();
    const body = { planHash: 'p', targetsHash: 't', reason: 'fine' };

    for (const token of ['token-of-ada', 'token-of-ada', 'token-of-ben'])
      expect((await served.ask('POST', `/api/v1/experiments/${id}/approve`, body, token)).status).toBe(200);

    await served.app.close();
    const approvals = served.store.audit.filter(({ action }) => action === 'approve');
    expect(approvals.map(({ by }) => by)).toEqual(['ben', 'ada']);
  });

  test.each([
    ['sre', 'It needs 1 more of sre, other than ada.', { planHash: 'p', targetsHash: 't' }],
    ['sre', 'name it: --plan-hash p --targets-hash t.', { planHash: 'old', targetsHash: 't' }],
    ['dba', '"gameday token add NAME --group dba"', { planHash: 'old', targetsHash: 't' }],
  ])('a refused decision that %s was asked for says what would help: %s', async (group, help, hashes) => {
    const id = await start();
    const approval = { from: [group], required: 1, expiresInMs: 1, remindEveryMs: 1 };
    served.gameday.change(id, { question: { approval, planHash: 'p', targetsHash: 't', expiresAt: at } });
    served.gameday.refusal = 'no';

    const { body } = await served.ask('POST', `/api/v1/experiments/${id}/approve`, { ...hashes, reason: 'fine' });

    expect(body['help']).toContain(help);
  });
});
