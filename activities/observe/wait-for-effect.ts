import type { Ended, Look } from './look';

/** Tells the injections once that somebody is watching, then waits until each says that it has injected. */
export async function waitForEffect(look: Look, nowMs: number): Promise<Ended | undefined> {
  const { memory, input, tools } = look;
  if (!memory.isWatchingTold && isEverySignalInSight(look)) {
    await Promise.all(input.injections.map((one) => tools.orchestrator.tellWatching(one.lockKey, one.injectionId)));
    memory.isWatchingTold = true;
  }
  if (!memory.isWatchingTold) return undefined;
  const states = await Promise.allSettled(
    input.injections.map((one) => tools.orchestrator.injectionState(one.lockKey)),
  );
  const known = states.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (known.some((one) => one.isStopping)) return { end: 'stopped', reasons: ['the injection was told to stop'] };
  const injectedAt = known.flatMap((one) => one.record.injectedAt ?? []);
  if (injectedAt.length === input.injections.length) beginHold(look, injectedAt, nowMs);
  return undefined;
}

/** Watching means that every signal has been known at least once since this observation began. */
function isEverySignalInSight({ memory }: Look): boolean {
  return Object.values(memory.tallies).every((tally) => tally.known > 0);
}

function beginHold({ memory, rounds }: Look, injectedAt: string[], nowMs: number): void {
  memory.heldFromMs = Math.max(...injectedAt.map((at) => Date.parse(at)));
  for (const tally of Object.values(memory.tallies)) Object.assign(tally, { known: 0, unknown: 0 });
  rounds.restart(memory.heldFromMs, nowMs, true);
}
