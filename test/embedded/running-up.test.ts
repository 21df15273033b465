import { join } from 'node:path';
import { parseConfig } from '../../src/config';
import { runningUp } from '../../src/embedded/running-up';
import type { StartedParts } from '../../src/embedded/start-parts';
import type { RunningServer } from '../../src/server/start-server';
import { FakeGameday } from '../api/fake-gameday';
import { aPlan } from '../api/make';
import { eventually } from '../contract/eventually';
import { useTemporaryFolder } from './temporary-folder';
import { aDriver, aFolder, anOpenInjection } from './way-out';

const home = useTemporaryFolder();
const never = new Promise<never>(() => undefined);

interface Failing {
  serving?(gameday: FakeGameday): Promise<RunningServer>;
  publish?(): Promise<void>;
}

/** Parts in memory that go on with two experiments of an earlier run, one of them with a fault in effect. */
async function started({ serving = aServer, publish = async () => undefined }: Failing = {}) {
  const [gameday, done, said] = [new FakeGameday(), [] as string[], [] as string[]];
  const by = { startedBy: { name: 'ada', groups: [] }, isRehearsal: false };
  for (const experimentId of ['one', 'waiting'])
    await gameday.start({ experimentId, plan: aPlan(), planHash: 'hash', ...by });
  gameday.injections = [anOpenInjection];
  const does = (what: string) => async () => void done.push(what);
  const temporal = { address: '127.0.0.1:4711', cluster: { address: '127.0.0.1:4711', namespace: 'default' } };
  const kept = { adopted: false, failed: never, letGo: () => undefined, isGone: async () => false };
  const parts: StartedParts = {
    temporal: { ...temporal, ...kept, stop: does('temporal') },
    serving: serving(gameday),
    readGameday: async () => gameday,
    folder: aFolder(join(home(), 'environments'), [aDriver([])]),
    ...{ environments: ['demo'], token: 'token', home: 'home-of-tests', ended: never },
    async stop(onceNobodyWorks) {
      done.push('workers');
      await onceNobodyWorks();
      done.push('the rest');
    },
  };
  const note = { publish, leave: does('leaving'), remove: does('note removed') };
  const options = { config: parseConfig({}), log: (line: string) => void said.push(line) };
  const running = runningUp(options, parts, { note, stateDir: home() });
  running.catch(() => undefined);
  return { gameday, done, said, running };
}

const aServer = async (gameday: FakeGameday): Promise<RunningServer> => ({
  ...{ url: 'http://127.0.0.1:1', gameday, stop: async () => undefined },
});

describe('a start that fails once the workers run', () => {
  it.each<[string, Failing]>([
    ['because the API cannot listen', { serving: () => Promise.reject(new Error('no port')) }],
    ['because its note cannot be written', { publish: () => Promise.reject(new Error('no port')) }],
  ])('rolls back what is in effect before anything ends, %s', async (_, failing) => {
    const { gameday, done, said, running } = await started(failing);
    await eventually('the abort', 5_000, async () => gameday.aborted.length === 1);
    expect(done).toEqual(['leaving']);
    gameday.terminate('one');
    gameday.injections = [];

    await expect(running).rejects.toThrow('no port');
    expect(gameday.aborted.map(([id]) => id)).toEqual(['one']);
    expect(done).toEqual(['leaving', 'workers', 'the rest', 'note removed']);
    expect(said[0]).toBe('rolling back and ending one');
  });
});

test('a start that succeeds ends nothing', async () => {
  const { gameday, done, running } = await started();

  expect(await running).toMatchObject({ url: 'http://127.0.0.1:1', environments: ['demo'] });
  expect({ aborted: gameday.aborted, done }).toEqual({ aborted: [], done: [] });
});
