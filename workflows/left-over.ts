import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { workflowId } from '../src/domain/workflow-id';
import { now } from './experiment-run';
import type { ExperimentRun } from './experiment-run';
import { abort, unlock } from './messages';
import { control } from './proxies';

/**
 * Ends what an earlier run of this experiment holds in these locks, and gives the locks back once it is gone. Its own id in
 * a lock means that it was reset: throws then, because nobody watched that fault to its end.
 */
export async function endLeftOvers(run: ExperimentRun, lockKeys: string[]): Promise<void> {
  const holders = await Promise.all(
    lockKeys.map(async (lockKey) => ({ lockKey, holder: await control.findHolder(lockKey) })),
  );
  const held = holders.filter(({ holder }) => holder?.experimentId === run.input.experimentId);
  for (const { lockKey, holder } of held) await endLeftOver(run, lockKey, holder?.injectionId ?? '');
  const names = held.map(({ lockKey }) => lockKey).join(', ');
  if (names) throw new Error(`this experiment was reset while it held ${names}; that injection is being rolled back`);
}

/** Stops an injection that an earlier run of this experiment left behind; its lock is free once its fault is gone. */
async function endLeftOver({ input }: ExperimentRun, lockKey: string, injectionId: string): Promise<void> {
  const { experimentId, startedBy } = input;
  const handle = getExternalWorkflowHandle(workflowId.injection(lockKey));
  const stop = { kind: 'abort', by: startedBy, reason: 'left over from before a reset', at: now() } as const;
  await Promise.all([handle.signal(abort, { experimentId, stop }), handle.signal(unlock, { injectionId })]).catch(
    () => undefined,
  );
}
