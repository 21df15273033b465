import type { Client } from '@temporalio/client';
import { injectionState } from '../../workflows/messages';
import type { OpenInjection } from '../domain/progress';
import { workflowId } from '../domain/workflow-id';
import { GamedayError } from './gameday';
import { listOpenInjections } from './open-injections';
import { call } from './temporal-call';

/**
 * How many injections may have a fault in effect: open, prepared and not yet seen gone, whichever worker did what. One that
 * does not answer counts, since unknown is not gone; rejects when Temporal cannot tell which are open. Each of the two
 * questions is given up after two seconds.
 */
export async function countActiveInjections(client: Client): Promise<number> {
  const open = await listOpenInjections(client);
  const areActive = await Promise.all(open.map((one) => isActive(client, one)));
  return areActive.filter(Boolean).length;
}

async function isActive(client: Client, { lockKey, injectionId }: OpenInjection): Promise<boolean> {
  const handle = client.workflow.getHandle(workflowId.injection(lockKey));
  try {
    const { record, ...state } = await call(client, `asking ${lockKey}`, () => handle.query(injectionState));
    // Its successor at the same lock is counted when it is listed.
    if (state.injectionId !== injectionId) return false;
    return record.preparedAt !== undefined && record.rolledBackAt === undefined;
  } catch (error) {
    return !(error instanceof GamedayError && error.code === 'not-found');
  }
}
