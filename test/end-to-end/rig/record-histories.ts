import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { connect } from '../../../src/client/connect';
import type { Rig } from './rig';

const folder = resolve(__dirname, '../../histories');

/** With RECORD_HISTORIES=1: keeps the histories of these workflows under the name of the case, for the replay tests. */
export async function recordHistories(rig: Rig, name: string, workflowIds: string[]): Promise<void> {
  if (process.env['RECORD_HISTORIES'] !== '1') return;
  const { client, close } = await connect({ address: rig.temporal.address, namespace: 'default' });
  for (const workflowId of workflowIds) {
    const history = await client.workflow.getHandle(workflowId).fetchHistory();
    const [type = ''] = workflowId.split(':');
    mkdirSync(join(folder, type), { recursive: true });
    const compact = JSON.stringify(JSON.parse(historyToJSON(history)));
    writeFileSync(join(folder, type, `${name}.json`), `${compact}\n`);
  }
  await close();
}
