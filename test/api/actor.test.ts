import { serve, type Served } from './serve';

describe('the actor', () => {
  let served: Served;
  let id: string;
  beforeEach(async () => {
    served = await serve();
    const started = await served.ask('POST', '/api/v1/experiments', { text: 'kind: experiment' });
    id = String(started.body['experimentId']);
  });
  afterEach(() => served.app.close());

  const acts: [path: string, body: Record<string, string>][] = [
    ['/experiments/ID/approve', { planHash: 'p', targetsHash: 't', reason: 'fine' }],
    ['/experiments/ID/reject', { planHash: 'p', targetsHash: 't', reason: 'no' }],
    ['/experiments/ID/abort', { reason: 'enough' }],
    ['/environments/demo/halt', { reason: 'incident' }],
    ['/environments/demo/resume', { reason: 'over' }],
    ['/injections/i-1/release', { reason: 'by hand' }],
    ['/experiments', { text: 'kind: experiment' }],
    ['/sweep', {}],
  ];

  test.each(acts)('POST %s refuses a body that names another actor, and does nothing', async (path, body) => {
    const before = served.gameday.runs.size;
    for (const key of ['by', 'actor', 'person', 'startedBy', 'groups']) {
      const answer = await served.ask('POST', `/api/v1${path.replace('ID', id)}`, { ...body, [key]: 'ben' });

      expect(answer.status).toBe(400);
      expect(answer.body['why']).toContain(`"${key}"`);
    }
    const { aborted, halted, resumed, decided, released, runs } = served.gameday;
    expect([aborted, halted, resumed, decided, released]).toEqual([[], [], [], [], []]);
    expect(runs.size).toBe(before);
  });

  test('is the owner of the token everywhere', async () => {
    const ben = { name: 'ben', groups: ['payments'] };
    for (const [path, body] of acts) await served.ask('POST', `/api/v1${path.replace('ID', id)}`, body, 'token-of-ben');

    const { aborted, halted, resumed, decided, released, runs } = served.gameday;
    expect(aborted[0]?.[1].by).toEqual(ben);
    expect(halted[0]?.[1].by).toEqual(ben);
    expect(resumed[0]?.[1]).toEqual(ben);
    expect(decided.map(([, decision]) => decision.by)).toEqual([ben, ben]);
    expect(released[0]?.[1]).toEqual(ben);
    expect([...runs.values()].map((run) => run.input.startedBy.name)).toEqual(['ada', 'ben']);
    const { body } = await served.ask('GET', '/api/v1/audit');
    const entries = body['entries'] as { by: string; action: string }[];
    expect(entries.filter(({ by }) => by === 'ben').map(({ action }) => action)).toEqual([
      'sweep',
      'start',
      'release',
      'resume',
      'halt',
      'abort',
      'reject',
      'approve',
    ]);
  });
});
