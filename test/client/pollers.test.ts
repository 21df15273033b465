import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectedClient } from '../../src/client/connect';
import { hasPoller } from '../../src/client/pollers';
import { openTemporal, type TemporalProcess } from '../end-to-end/rig/temporal-process';

const home = mkdtempSync(join(tmpdir(), 'gameday-pollers-'));
let temporal: TemporalProcess;
let connected: ConnectedClient;

beforeAll(async () => {
  temporal = await openTemporal(home);
  connected = await connect({ address: temporal.address, namespace: 'default' });
}, 60_000);

afterAll(async () => {
  await connected.close();
  await temporal.process.kill();
  rmSync(home, { recursive: true, force: true });
});

/** Asks for an activity, as a worker does; ends when its time is over or the server is gone. */
function poll(queue: string): void {
  const { client } = connected;
  const request = { namespace: 'default', taskQueue: { name: queue }, identity: 'us' };
  const asked = client.withDeadline(Date.now() + 20_000, () => client.workflowService.pollActivityTaskQueue(request));
  asked.catch(() => undefined);
}

test('nobody polls a queue that no worker has asked for', async () => {
  expect(await hasPoller(connected.client, 'nobody', 0)).toBe(false);
});

test('a worker that begins to poll while it is looked for is found', async () => {
  const found = hasPoller(connected.client, 'soon', 20_000);
  expect(await hasPoller(connected.client, 'soon', 0)).toBe(false);
  poll('soon');
  expect(await found).toBe(true);
});
