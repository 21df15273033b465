import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { EnvironmentFolder } from '../../src/environments/environment-folder';
import { startSentinel } from '../../src/sentinel/sentinel';
import { sentinelTrouble } from '../../src/worker/sentinel-check';
import { eventually } from '../contract/eventually';
import { useTemporaryFolder } from '../embedded/temporary-folder';
import { fakeFaultDriver } from '../fakes/fault-driver';

const home = useTemporaryFolder();
const needs = { environment: 'demo', faults: ['fake/lasting'] };
const lasting = { environment: 'demo', fault: 'fake/lasting' };
const agoMs = (ms: number): string => new Date(Date.now() - ms).toISOString();
const sound = () => ({
  environments: ['demo'],
  lastSweepAt: agoMs(1_000),
  watched: [lasting],
  failing: [] as object[],
});

/** Asks on behalf of a worker whose environment file names a sentinel at this address. */
function ask(url: string, withinMs = 300): Promise<string | undefined> {
  writeFileSync(join(home(), 'demo.yaml'), JSON.stringify({ kind: 'environment', name: 'demo', sentinel: { url } }));
  return sentinelTrouble(new EnvironmentFolder(home(), catalogue, {}), home(), needs, withinMs);
}

describe('a sentinel that answers', () => {
  let server: Server;
  let answers: object[];
  beforeEach(async () => {
    // The last answer is given again and again.
    server = createServer((_request, response) =>
      response.end(JSON.stringify(answers.length > 1 ? answers.shift() : answers[0])),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => void server.close().closeAllConnections());
  const askWith = (given: object[], withinMs?: number) => {
    answers = given;
    return ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, withinMs);
  };

  test('is relied on when it swept lately and reached the system of every kind', async () => {
    const elsewhere = { environment: 'other', fault: 'fake/lasting', reason: 'no answer' };
    const another = { environment: 'demo', fault: 'fake/another', reason: 'no answer' };
    expect(await askWith([{ ...sound(), failing: [elsewhere, another] }])).toBeUndefined();
  });

  test('is waited for while it is just starting', async () => {
    const { lastSweepAt, ...unswept } = sound();
    const starting = { ...unswept, environments: [], watched: [] };
    expect(await askWith([starting, unswept, { ...unswept, lastSweepAt }], 20_000)).toBeUndefined();
  });

  test.each<[string, () => object, RegExp]>([
    ['has not swept', () => ({ ...sound(), lastSweepAt: undefined }), /has not swept yet/],
    ['swept too long ago', () => ({ ...sound(), lastSweepAt: agoMs(31_000) }), /swept last at .*more than 30 s ago/],
    [
      'could not reach the target',
      () => ({ ...sound(), failing: [{ ...lasting, reason: 'connection refused' }] }),
      /cannot look after fake\/lasting: connection refused/,
    ],
    ['knows no connection to the system', () => ({ ...sound(), watched: [] }), /fake\/lasting: .*no connection/],
    ['serves another environment', () => ({ ...sound(), environments: ['other'] }), /no sentinel answers for demo/],
    ['does not say what it watches', () => ({ environments: ['demo'] }), /no sentinel answers for demo/],
  ])('is not relied on when it %s', async (_why, health, reason) => {
    expect(await askWith([health()])).toMatch(reason);
  });
});

test('a real sentinel is relied on only while it reaches the target', async () => {
  let isAway = true;
  const driver = fakeFaultDriver({
    kind: 'fake/lasting',
    listFaults: async () => {
      if (isAway) throw new Error('connection refused');
      return [];
    },
  });
  const demo = { name: 'demo', connections: () => ({}), optedIn: () => [] };
  const readEnvironments = () => ({ environments: [demo], problems: [] });
  const sentinel = await startSentinel({ drivers: [driver], readEnvironments, everyMs: 20 });
  expect(await ask(sentinel.url)).toMatch(/cannot look after fake\/lasting: connection refused/);
  isAway = false;
  await eventually('its word', 5_000, async () => (await ask(sentinel.url)) === undefined);
  sentinel.leave();
  await sentinel.ended;
});

test('no sentinel at all is named', async () => {
  writeFileSync(join(home(), 'demo.yaml'), JSON.stringify({ kind: 'environment', name: 'demo' }));
  const trouble = await sentinelTrouble(new EnvironmentFolder(home(), catalogue, {}), home(), needs, 0);
  expect(trouble).toBe('no sentinel answers for demo');
});
