import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../src/config';
import { describeProcess, writeProcessNote } from '../../src/embedded/process-note';
import { findCluster, idleVariables } from '../../src/worker/find-cluster';

const stateDir = mkdtempSync(join(tmpdir(), 'gameday-find-'));
afterAll(() => rmSync(stateDir, { recursive: true, force: true }));

const config = (env: Record<string, string>) => parseConfig({ GAMEDAY_STATE_DIR: stateDir, ...env });

test('says which variables name a cluster when there is none', async () => {
  await expect(findCluster(config({}))).rejects.toMatchObject({
    why: expect.stringContaining('no local server runs in'),
    help: expect.stringContaining('TEMPORAL_PROFILE'),
  });
});

test('takes the local server of the state directory, but the cluster that is named before it', async () => {
  const note = await describeProcess(process.pid, { port: 4711, httpPort: 4712 });
  await writeProcessNote(join(stateDir, 'temporal.json'), note);
  expect(await findCluster(config({}))).toEqual({ address: '127.0.0.1:4711', namespace: 'default' });
  const named = config({ TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_NAMESPACE: 'chaos' });
  expect(await findCluster(named)).toMatchObject({ address: 'temporal:7233', namespace: 'chaos' });
});

test('variables that need a cluster to be named are not passed over in silence', () => {
  const env = { TEMPORAL_NAMESPACE: 'chaos', TEMPORAL_TLS: 'true', TEMPORAL_CLI_PATH: '/usr/bin/temporal' };
  expect(idleVariables(config(env))).toEqual(['TEMPORAL_NAMESPACE', 'TEMPORAL_TLS']);
  expect(idleVariables(config({ ...env, TEMPORAL_ADDRESS: 'temporal:7233' }))).toEqual([]);
});

test('a switch for TLS that is neither true nor false is refused', () => {
  expect(() => config({ TEMPORAL_TLS: 'yes' })).toThrow(/TEMPORAL_TLS/);
});
