import { serve, type Served } from './serve';

describe('tokens', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
  });
  afterAll(() => served.app.close());

  const paths: [method: string, path: string, body: object | undefined][] = [
    ['GET', '/api/v1/experiments', undefined],
    ['POST', '/api/v1/experiments', { text: 'kind: experiment' }],
    ['GET', '/api/v1/experiments/x', undefined],
    ['GET', '/api/v1/experiments/x/events', undefined],
    ['GET', '/api/v1/experiments/x/report', undefined],
    ['GET', '/api/v1/experiments/x/judgement', undefined],
    ['POST', '/api/v1/experiments/x/approve', { planHash: 'p', targetsHash: 't', reason: 'r' }],
    ['POST', '/api/v1/experiments/x/reject', { planHash: 'p', targetsHash: 't', reason: 'r' }],
    ['POST', '/api/v1/experiments/x/abort', { reason: 'r' }],
    ['GET', '/api/v1/environments', undefined],
    ['GET', '/api/v1/environments/demo', undefined],
    ['POST', '/api/v1/environments/demo/halt', { reason: 'r' }],
    ['POST', '/api/v1/environments/demo/resume', { reason: 'r' }],
    ['GET', '/api/v1/injections', undefined],
    ['POST', '/api/v1/injections/x/release', { reason: 'r' }],
    ['GET', '/api/v1/faults', undefined],
    ['POST', '/api/v1/sweep', {}],
    ['GET', '/api/v1/audit', undefined],
    ['GET', '/api/v1/metrics', undefined],
    ['GET', '/api/v1/openapi.json', undefined],
    ['GET', '/metrics', undefined],
    ['GET', '/openapi.json', undefined],
    ['GET', '/api/v1/nothing-here', undefined],
  ];

  test.each(paths)(
    '%s %s is closed without a token, with a wrong one and with an empty one',
    async (method, path, body) => {
      for (const token of [null, 'token-of-nobody', '']) {
        const answer = await served.ask(method, path, body, token);

        expect(answer.status).toBe(401);
        expect(answer.body).toEqual({
          error: expect.stringContaining(method),
          why: expect.stringMatching(/token/),
          help: expect.stringContaining('gameday token add'),
        });
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
      expect(served.gameday.halted).toEqual([]);
      expect(served.gameday.runs.size).toBe(0);
    },
  );

  test.each(['/health', '/api/v1/health'])(
    '%s is open to all and tells nothing but that the server answers',
    async (path) => {
      const answer = await served.ask('GET', path, undefined, null);

      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ status: 'ok', name: 'gameday' });
    },
  );

  test('every path that is described asks for a token, except health', async () => {
    const { body } = await served.ask('GET', '/openapi.json');
    const described = Object.entries(body['paths'] as Record<string, Record<string, { security?: unknown }>>);

    const open = described
      .filter(([, verbs]) => Object.values(verbs).some((verb) => !verb.security))
      .map(([path]) => path);

    expect(open.sort()).toEqual(['/api/v1/health', '/health']);
    expect(described.length).toBeGreaterThan(15);
    const covered = new Set(paths.map(([, path]) => path.replace(/\/x(\/|$)/, '/{id}$1').replace('/demo', '/{name}')));
    expect(described.map(([path]) => path).filter((path) => !path.endsWith('/health') && !covered.has(path))).toEqual(
      [],
    );
  });

  test('a basic or malformed authorization header is no token', async () => {
    for (const authorization of ['Basic dG9rZW4tb2YtYWRh', 'token-of-ada', 'Bearer', 'Bearer token-of-ada more']) {
      const response = await fetch(`${served.url}/api/v1/audit`, { headers: { authorization } });
      expect(response.status).toBe(401);
    }
  });
});
