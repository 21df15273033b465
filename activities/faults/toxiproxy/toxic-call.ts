import type { FaultStatus, Injection } from '../../../src/domain/injection';
import { isOverdue } from '../refuse-late';
import { sightOf, type Sight, type Toxic } from './toxic';
import { short } from './toxic-survey';
import type { ToxiproxyClient } from './toxiproxy-client';
import { ToxiproxyFailure } from './toxiproxy-failure';

/** One injection as toxics of one proxy. */
export interface ToxicCall {
  injection: Injection;
  proxy: string;
  /** Harmless, and what inject is conditional on; the same toxic as `harm` where that harms nobody at toxicity 0. */
  marker: Toxic;
  harm: Toxic;
  /** What share of the connections meets it, in words. */
  share: string;
  client: ToxiproxyClient;
  /** A client that outlives the call by a few seconds, for taking back what the call may have left. */
  cleanUpClient(): ToxiproxyClient;
  /** Why not seeing the toxic proves nothing: the connection leads to another Toxiproxy than the injection's lock. */
  elsewhere?: string;
  now(): number;
}

/** What is to be seen of an injection at its proxy. */
export interface Look {
  marker: Sight;
  harm: Sight;
}

/** Looks at the proxy; undefined when it is not there any more. */
export async function look({ client, proxy, marker, harm }: ToxicCall): Promise<Look | undefined> {
  const found = await client.readProxy(proxy);
  return found && { marker: sightOf(found.toxics, marker), harm: sightOf(found.toxics, harm) };
}

/** Whether the marker is a toxic of its own. */
export function hasOwnMarker({ marker, harm }: ToxicCall): boolean {
  return marker.name !== harm.name;
}

/** Whether a look has seen anything that stands for the injection; its name proves it, wherever it was seen. */
export function isSeen(seen: Look | undefined): seen is Look {
  return seen !== undefined && (seen.marker !== 'nothing' || seen.harm !== 'nothing');
}

/** What Toxiproxy says of the injection; `unknown` when it says nothing. */
export async function readToxicStatus(call: ToxicCall): Promise<FaultStatus> {
  try {
    const seen = await look(call);
    if (call.elsewhere !== undefined && !isSeen(seen)) return { state: 'unknown', evidence: call.elsewhere };
    return statusOf(seen, call);
  } catch (error) {
    if (error instanceof ToxiproxyFailure) return { state: 'unknown', evidence: error.message };
    throw error;
  }
}

function statusOf(seen: Look | undefined, { injection, proxy, harm, share, now }: ToxicCall): FaultStatus {
  const what = `toxic ${short(harm.name)} of proxy ${proxy}`;
  if (seen === undefined) return { state: 'absent', evidence: `proxy ${proxy} is not there any more` };
  if ([seen.marker, seen.harm].includes('foreign'))
    return { state: 'drifted', evidence: `${what} is not as it was placed: somebody else changed it` };
  if (seen.harm === 'active')
    return { state: isOverdue(injection, now()) ? 'overdue' : 'active', evidence: `${what} is in effect; ${share}` };
  if (seen.harm === 'inert' || seen.marker === 'inert')
    return { state: 'armed', evidence: `${what} is armed and without effect` };
  return { state: 'absent', evidence: `${what} is not there` };
}
