import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { documentOf } from '../../harness/run-process';
import { eventsOf, gameday, writeScenario } from './beside-the-rig';
import { openForeignRig, type ForeignRig } from './foreign-rig';

jest.setTimeout(120_000);

let rig: ForeignRig;

beforeAll(async () => void (rig = await openForeignRig()));
afterAll(() => rig.close());

test('gameday run brings everything up on the cluster that is named, and starts no Temporal', async () => {
  const ended = await gameday(rig, ['run', writeScenario(rig, '6s'), '--json']);
  const { verdict, experimentId } = documentOf(ended);
  expect({ code: ended.code, verdict }).toEqual({ code: 0, verdict: 'passed' });
  expect(ended.stderr).toContain(`Uses Temporal at ${rig.front.address}, namespace chaos, mutual TLS`);
  expect(await eventsOf(rig, experimentId)).toContain('WORKFLOW_EXECUTION_COMPLETED');
  expect(readdirSync(join(rig.home, 'state')).filter((name) => name.startsWith('temporal'))).toEqual([]);
});

test.each([
  [
    'names a profile that is not there',
    { TEMPORAL_PROFILE: 'production' },
    /profile production is not in .*only staging/,
  ],
  ['names a file that is not there', { TEMPORAL_CONFIG_FILE: 'nowhere.toml' }, /there is no file nowhere\.toml/],
  ['leads to nobody', { TEMPORAL_ADDRESS: '127.0.0.1:9' }, /nothing answers there \(ECONNREFUSED\)/],
])('an environment that %s is one clear error, and nothing is started instead', async (_, env, why) => {
  const ended = await gameday(rig, ['run', writeScenario(rig, '6s')], env);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(why);
  expect(ended.stderr).not.toMatch(/\n +at /);
  expect(readdirSync(join(rig.home, 'state')).filter((name) => name.startsWith('temporal'))).toEqual([]);
});
