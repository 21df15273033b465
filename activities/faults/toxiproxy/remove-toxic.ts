import type { RollbackResult } from '../../../src/domain/injection';
import type { Sight } from './toxic';
import { isSeen, look, type Look, type ToxicCall } from './toxic-call';
import { short } from './toxic-survey';

/**
 * Removes what is ours, marker first, and sees that it is gone. A toxic that somebody else changed is left alone; a proxy that
 * is no longer there took its toxics with it. Throws when nothing is seen at another Toxiproxy than the injection's own.
 */
export async function removeToxic(call: ToxicCall): Promise<RollbackResult> {
  const before = await look(call);
  if (call.elsewhere !== undefined && !isSeen(before))
    throw new Error(`cannot roll ${call.injection.injectionId} back: ${call.elsewhere}`);
  if (before === undefined) return gone(call);
  await removeOurs(call, before);
  const after = await look(call);
  if (after === undefined) return gone(call);
  return resultOf(call, before, after);
}

async function removeOurs({ client, proxy, marker, harm }: ToxicCall, seen: Look): Promise<void> {
  if (isOurs(seen.marker)) await client.deleteToxic(proxy, marker.name);
  if (isOurs(seen.harm)) await client.deleteToxic(proxy, harm.name);
}

const isOurs = (sight: Sight) => sight === 'inert' || sight === 'active';

function resultOf({ proxy, harm, share }: ToxicCall, before: Look, after: Look): RollbackResult {
  const what = `toxic ${short(harm.name)} of proxy ${proxy}`;
  const foundActive = before.harm === 'active';
  const left = [after.marker, after.harm];
  if (left.some(isOurs)) throw new Error(`${what} is still there after its removal; it will be removed again`);
  if (left.includes('foreign'))
    return { end: 'drifted', foundActive, evidence: `${what} was changed by somebody else and was left` };
  const was = foundActive ? `was in effect and is gone; ${share}` : 'is not there';
  return { end: 'absent', foundActive, evidence: `${what} ${was}` };
}

function gone({ proxy }: ToxicCall): RollbackResult {
  return { end: 'gone', foundActive: false, evidence: `proxy ${proxy} is not there any more, and no toxic without it` };
}
