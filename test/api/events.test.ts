import { aChunk, aVerdict, anEvidence } from './make';
import { listenToEvents, type Ear, type Heard } from './listen-to-events';
import { serve, type Served } from './serve';

const named = (name: string) => (event: Heard) => event.name === name;
const names = (ear: Ear) => ear.heard.map(({ name }) => name);

describe('the events of an experiment', () => {
  let served: Served;
  let id: string;
  let path: string;
  let ears: Ear[];

  beforeEach(async () => {
    served = await serve();
    const { body } = await served.ask('POST', '/api/v1/experiments', { text: 'kind: experiment' });
    id = String(body['experimentId']);
    path = `${served.url}/api/v1/experiments/${id}/events`;
    ears = [];
  });

  afterEach(async () => {
    for (const ear of ears) ear.close();
    await served.app.close();
  });

  async function listen(lastEventId?: string): Promise<Ear> {
    const ear = await listenToEvents(path, lastEventId);
    ears.push(ear);
    return ear;
  }

  test('come as progress on change, readings, the verdict and the end', async () => {
    const ear = await listen();
    await ear.until(named('progress'));
    await served.store.writeChunk(aChunk({ experimentId: id }));
    served.gameday.change(id, { phase: 'baseline', details: 'watching' });
    await ear.until((event) => event.data['phase'] === 'baseline');
    await ear.until(named('reading'));

    served.gameday.end(id, aVerdict());
    await ear.ended;

    expect(
      ear.heard
        .filter(named('progress'))
        .map(({ data }) => data['phase'])
        .slice(0, 2),
    ).toEqual(['preflight', 'baseline']);
    expect(ear.heard.find(named('reading'))?.data).toMatchObject({
      observation: 'baseline-1',
      signal: 'p95',
      number: 1,
    });
    expect(names(ear).slice(-2)).toEqual(['verdict', 'end']);
    expect(ear.heard.find(named('verdict'))?.data).toEqual(aVerdict());
  });

  test('tell a change once to everybody who listens, however many, with one question to Temporal at a time', async () => {
    let [asking, most] = [0, 0];
    const { progress } = served.gameday;
    served.gameday.progress = async (experimentId) => {
      most = Math.max(most, ++asking);
      try {
        return await progress.call(served.gameday, experimentId);
      } finally {
        asking--;
      }
    };
    const [one, other] = [await listen(), await listen()];
    await Promise.all([one.until(named('progress')), other.until(named('progress'))]);
    served.gameday.change(id, { details: 'changed' });
    await Promise.all([one, other].map((ear) => ear.until((event) => event.data['details'] === 'changed')));

    expect(names(one)).toEqual(['progress', 'progress']);
    expect(names(other)).toEqual(['progress', 'progress']);
    expect(most).toBe(1);
  });

  test('go on where a stream broke off', async () => {
    const first = await listen();
    await served.store.writeChunk(aChunk({ experimentId: id, number: 1 }));
    const last = await first.until(named('reading'));
    first.close();
    await served.store.writeChunk(aChunk({ experimentId: id, number: 2 }));

    const second = await listen(last.id);
    await second.until(named('reading'));
    served.gameday.end(id, aVerdict());
    await second.ended;

    expect(second.heard.filter(named('reading')).map(({ data }) => data['number'])).toEqual([2]);
    expect(second.heard[0]?.name).not.toBe('progress');
  });

  test('start from the beginning for a listener whose place another server knew', async () => {
    await served.store.writeChunk(aChunk({ experimentId: id }));
    const ear = await listen('deadbeef.4.9');

    await ear.until(named('reading'));

    expect(names(ear)).toContain('progress');
  });

  test('bring a chunk that was spooled and comes after later ones', async () => {
    const ear = await listen();
    await served.store.writeChunk(aChunk({ experimentId: id, number: 2 }));
    await ear.until(named('reading'));
    await served.store.writeChunk(aChunk({ experimentId: id, number: 1 }));
    await ear.until((event) => event.data['number'] === 1);

    expect(ear.heard.filter(named('reading')).map(({ data }) => data['number'])).toEqual([2, 1]);
  });

  test('say when the store is away and when it is back, and lose nothing', async () => {
    served.store.isAway = true;
    const ear = await listen();
    const away = await ear.until(named('unavailable'));
    served.store.isAway = false;
    await served.store.writeChunk(aChunk({ experimentId: id }));
    await ear.until(named('available'));
    await ear.until(named('reading'));

    expect(away.data).toEqual({ part: 'store', why: expect.stringContaining('database is gone') });
  });

  test('survive Temporal being away and no worker answering, and say so', async () => {
    const ear = await listen();
    await ear.until(named('progress'));
    served.gameday.outage = 'refuses';
    const away = await ear.until(named('unavailable'));
    served.gameday.outage = 'none';
    await ear.until(named('available'));
    served.gameday.outage = 'no-worker';
    const silent = await ear.until((event) => named('unavailable')(event) && event !== away);
    served.gameday.outage = 'none';
    served.gameday.change(id, { details: 'back' });
    await ear.until((event) => event.data['details'] === 'back');

    expect(away.data['why']).toContain('Temporal cannot be reached');
    expect(silent.data['why']).toContain('no worker');
  });

  test('open even while Temporal is away', async () => {
    served.gameday.outage = 'refuses';
    const ear = await listen();
    await ear.until(named('unavailable'));
    served.gameday.outage = 'none';

    await ear.until(named('progress'));

    expect(names(ear)).toContain('available');
  });

  test('end without a verdict, and with the reason, when the experiment was terminated', async () => {
    const ear = await listen();
    await ear.until(named('progress'));
    served.gameday.terminate(id);
    await ear.ended;

    expect(names(ear)).not.toContain('verdict');
    expect(ear.heard.at(-1)).toMatchObject({ name: 'end', data: { why: expect.stringContaining('terminated') } });
  });

  test('of an experiment that only the store still knows are its readings, its verdict and the end', async () => {
    const old = anEvidence({ experimentId: 'old-1' });
    await served.store.saveEvidence(old, aVerdict());
    await served.store.writeChunk(aChunk({ experimentId: 'old-1' }));
    const ear = await listenToEvents(`${served.url}/api/v1/experiments/old-1/events`);
    ears.push(ear);
    await ear.ended;

    expect(ear.heard.filter(named('reading'))).toHaveLength(1);
    expect(names(ear)).toContain('verdict');
    expect(names(ear).at(-1)).toBe('end');
  });

  test('start afresh for one who comes while the last stream is still ending', async () => {
    const first = await listen();
    await first.until(named('progress'));
    served.gameday.outage = 'no-worker';
    served.gameday.end(id, aVerdict());
    await first.ended;

    const second = await listen();
    await second.ended;

    expect(names(second)).toEqual(expect.arrayContaining(['verdict', 'end']));
  });

  test('end when the server stops', async () => {
    const ear = await listen();
    await ear.until(named('progress'));

    await served.app.close();

    await ear.ended;
    expect(names(ear)).not.toContain('end');
  });
});
