import { sightMaxMs } from '../../src/domain/sight';
import type { Ended, Look } from './look';

/** As long as nothing can be injected yet, the injections are asked this often. */
const askEveryMs = 1_000;

/**
 * Tells the injections once that somebody is watching, then waits until each says that it has injected. One that says
 * nothing for too long may have: that counts as lost sight.
 */
export async function waitForEffect(look: Look, nowMs: number): Promise<Ended | undefined> {
  const { memory, input, tools } = look;
  if (!memory.isWatchingTold && isEverySignalInSight(look)) {
    await Promise.all(input.injections.map((one) => tools.orchestrator.tellWatching(one.lockKey, one.injectionId)));
    memory.isWatchingTold = true;
    memory.answeredAtMs = nowMs;
  }
  // One that gave up on being watched says so too, if asked now and then.
  if (!memory.isWatchingTold && nowMs - (memory.answeredAtMs ?? 0) < askEveryMs) return undefined;
  const states = await Promise.allSettled(
    input.injections.map((one) => tools.orchestrator.injectionState(one.lockKey)),
  );
  const known = states.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (known.some((one) => one.isStopping)) return { end: 'stopped', reasons: ['the injection was told to stop'] };
  if (known.length === states.length) memory.answeredAtMs = nowMs;
  const injectedAt = known.flatMap((one) => one.record.injectedAt ?? []);
  if (injectedAt.length > 0) memory.effectFromMs ??= Math.min(...injectedAt.map((at) => Date.parse(at)));
  if (injectedAt.length === input.injections.length) beginHold(look, injectedAt, nowMs);
  return unanswered(look, nowMs);
}

function unanswered({ memory }: Look, nowMs: number): Ended | undefined {
  const silentMs = nowMs - (memory.answeredAtMs ?? nowMs);
  if (silentMs <= sightMaxMs) return undefined;
  const reason = `lost sight of the injections for ${Math.round(silentMs / 1000)} s: a fault may be in effect`;
  return { end: 'lost-sight', reasons: [reason] };
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
