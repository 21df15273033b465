import type { ExperimentRun } from './experiment-run';
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
  for (const { lockKey, holder } of held) await run.injections.endLeftOver(lockKey, holder?.injectionId ?? '');
  const names = held.map(({ lockKey }) => lockKey).join(', ');
  if (names) throw new Error(`this experiment was reset while it held ${names}; that injection is being rolled back`);
}
