import { GamedayError } from '../../src/client/gameday';
import { serve, type Served } from './serve';

const anEnvironment = (name: string) => ({ name, experiments: [], injections: [] });

describe('environments', () => {
  let served: Served;
  beforeEach(async () => {
    served = await serve();
  });
  afterEach(() => served.app.close());

  describe('a name that no environment file has', () => {
    const reason = { reason: 'incident' };

    test.each(['halt', 'resume'])(
      'is taken for a slip by %s when it is certain, with the nearest name',
      async (verb) => {
        const answer = await served.ask('POST', `/api/v1/environments/deom/${verb}`, reason);

        expect(answer.status).toBe(404);
        expect(answer.body['why']).toContain('there are: demo');
        expect(answer.body['help']).toBe('did you mean "demo"?');
        expect([served.gameday.halted, served.gameday.resumed, served.store.audit]).toEqual([[], [], []]);
      },
    );

    const uncertain: [why: string, change: () => void][] = [
      ['a file cannot be read', () => (served.parts.environments.isWhole = async () => false)],
      ['the folder cannot be read', () => (served.parts.environments.names = () => Promise.reject(new Error('gone')))],
      ['the folder does not answer', () => (served.parts.environments.names = () => new Promise(() => undefined))],
      ['its workflow is there', () => served.gameday.environments.set('deom', anEnvironment('deom'))],
      ['Temporal cannot tell', () => (served.gameday.environment = () => Promise.reject(new Error('no worker')))],
      ['Temporal does not answer', () => (served.gameday.environment = () => new Promise(() => undefined))],
    ];

    test.each(uncertain)('is halted when %s', async (_why, change) => {
      change();

      const answer = await served.ask('POST', '/api/v1/environments/deom/halt', reason);

      expect(answer.status).toBe(200);
      expect(served.gameday.halted.map(([name]) => name)).toEqual(['deom']);
    });

    test('is halted with a note when the other files are there', async () => {
      served.parts.environments.isWhole = async () => false;

      const { body } = await served.ask('POST', '/api/v1/environments/deom/halt', reason);

      expect(body['warning']).toContain('there are: demo');
    });
  });

  test('an environment with a file is halted without a look at anything else', async () => {
    served.parts.environments.isWhole = () => Promise.reject(new Error('nobody may ask'));
    served.gameday.environment = () => Promise.reject(new Error('nobody may ask'));

    const { body } = await served.ask('POST', '/api/v1/environments/demo/halt', { reason: 'incident' });

    expect(body).toEqual({ environment: 'demo', injectionsTold: 0 });
  });

  test('resuming an environment in which nothing ever ran says that there was nothing to resume', async () => {
    served.gameday.resume = () => Promise.reject(new GamedayError('not-found', 'there is no such workflow'));

    const { status, body } = await served.ask('POST', '/api/v1/environments/demo/resume', { reason: 'over' });

    expect([status, body]).toEqual([200, { environment: 'demo', isHalted: false, wasKnown: false }]);
    expect(served.store.audit).toEqual([]);
  });

  test('lists every environment with its halt, and says what could not be asked', async () => {
    const halted = { by: { name: 'ada', groups: [] }, reason: 'incident', at: '2026-01-01T00:00:00.000Z' };
    served.gameday.environments.set('demo', { ...anEnvironment('demo'), halted });
    const whole = await served.ask('GET', '/api/v1/environments');
    served.gameday.outage = 'refuses';
    const partial = await served.ask('GET', '/api/v1/environments');

    expect(whole.body).toEqual({ environments: [{ ...anEnvironment('demo'), halted }], troubles: [] });
    const troubles = [expect.stringContaining('without a file'), expect.stringContaining('environment demo')];
    expect(partial.body).toEqual({ environments: [], troubles });
  });

  test('lists a halted environment whose file has been removed, and no other without a file', async () => {
    const halted = { by: { name: 'ada', groups: [] }, reason: 'incident', at: '2026-01-01T00:00:00.000Z' };
    served.gameday.environments.set('removed', { ...anEnvironment('removed'), halted });
    served.gameday.environments.set('forgotten', anEnvironment('forgotten'));
    const { body } = await served.ask('GET', '/api/v1/environments');
    served.parts.environments.names = () => Promise.reject(new Error('folder gone'));
    const withoutFiles = await served.ask('GET', '/api/v1/environments');

    const removed = { ...anEnvironment('removed'), halted };
    expect(body).toEqual({ environments: [anEnvironment('demo'), removed], troubles: [] });
    expect(withoutFiles.body).toEqual({ environments: [removed], troubles: [expect.stringContaining('folder gone')] });
  });

  test('shows an environment in which nothing ever ran as free', async () => {
    const { body } = await served.ask('GET', '/api/v1/environments/demo');

    expect(body).toEqual({ name: 'demo', experiments: [], injections: [] });
  });
});
