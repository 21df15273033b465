import { refuseLate } from '../refuse-late';
import { Refused } from '../refused';
import { sightOf, type Toxic } from './toxic';
import { hasOwnMarker, look, type Look, type ToxicCall } from './toxic-call';
import { ToxiproxyFailure } from './toxiproxy-failure';

/** Places the marker, which no connection meets; Refused when something else stands under its name. */
export async function armToxic(call: ToxicCall): Promise<void> {
  const doing = `cannot arm ${call.injection.injectionId}`;
  if (call.elsewhere !== undefined) throw new Refused(`${doing}: ${call.elsewhere}`);
  refuseLate(call.injection, call.now());
  await placeInert(call, call.marker, doing);
}

/**
 * Gives the fault its effect by a change that only a toxic which is still there can receive; Refused when it is not armed any
 * more or was changed by somebody else.
 */
export async function activateToxic(call: ToxicCall): Promise<void> {
  const doing = `cannot inject ${call.injection.injectionId}`;
  const { harm } = await lookArmed(call, doing);
  refuseLate(call.injection, call.now());
  if (harm === 'active') return;
  if (!hasOwnMarker(call)) return giveEffect(call, doing);
  await thenSeeArmed(call, doing, placeInert(call, call.harm, doing));
  // A rollback that came between is seen after it; two attempts at once could otherwise outlive it.
  await thenSeeArmed(call, doing, giveEffect(call, doing));
}

async function giveEffect({ injection, client, proxy, harm, now }: ToxicCall, doing: string): Promise<void> {
  refuseLate(injection, now());
  if (!(await finalWhenRefused(client.setToxicity(proxy, harm.name, harm.toxicity)))) throw missing(doing);
}

/** Looks for the marker also after a change that got no answer: it may have happened, and its call may have no time left. */
async function thenSeeArmed(call: ToxicCall, doing: string, change: Promise<void>): Promise<void> {
  try {
    await change;
  } finally {
    await leaveUnlessArmed({ ...call, client: call.cleanUpClient() }, doing);
  }
}

/** A rollback destroys the marker first, so a harm without one is taken away by whoever placed it. */
async function leaveUnlessArmed(call: ToxicCall, doing: string): Promise<void> {
  const seen = await look(call);
  if (seen?.marker === 'inert') return;
  if (seen !== undefined && seen.harm !== 'foreign') await call.client.deleteToxic(call.proxy, call.harm.name);
  throw missing(doing);
}

async function lookArmed(call: ToxicCall, doing: string): Promise<Look> {
  const seen = await look(call);
  if (seen === undefined || seen.marker === 'nothing') throw missing(doing);
  if (seen.marker === 'foreign' || seen.harm === 'foreign')
    throw new Refused(`${doing}: its toxic on proxy ${call.proxy} was changed by somebody else; look at it`);
  return seen;
}

/** At toxicity 0 no connection meets it; one that is already there must be exactly ours. */
async function placeInert({ client, proxy }: ToxicCall, placed: Toxic, doing: string): Promise<void> {
  if (await finalWhenRefused(client.createToxic(proxy, { ...placed, toxicity: 0 }))) return;
  const sight = sightOf((await client.readProxy(proxy))?.toxics ?? [], placed);
  if (sight === 'foreign') throw new Refused(`${doing}: proxy ${proxy} has another toxic of this name; look at it`);
}

function missing(doing: string): Refused {
  return new Refused(`${doing}: it is not armed any more and is not put back; start another experiment`);
}

async function finalWhenRefused<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof ToxiproxyFailure && error.isFinal ? new Refused(error.message) : error;
  }
}
