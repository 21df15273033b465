import type { DriverTools } from '../../../src/domain/fault-driver';
import type { Survey } from '../../../src/domain/survey';
import { apiAddress, mayBeSame } from './addresses';
import { toxiproxyOptIn, type ProxyStream, type ToxiproxyConnection } from './system';
import { lockKeyOf, targetOf } from './targets';
import { prefix } from './toxic-name';
import type { Proxy } from './toxic';
import { ToxiproxyClient } from './toxiproxy-client';
import { ToxiproxyFailure } from './toxiproxy-failure';

type Tools = DriverTools<ToxiproxyConnection>;

/**
 * Surveys one direction of one proxy by reading alone; a Toxiproxy that cannot be read is a refusal, since unknown is not
 * safe. The share of traffic is always 100: toxicity is drawn for each connection, and one connection may carry it all.
 */
export async function surveyStream(wish: ProxyStream, tools: Tools): Promise<Survey> {
  const optedIn = new Set(tools.optedIn.map((entry) => toxiproxyOptIn.parse(entry).proxy));
  const total = Math.max(optedIn.size, 1);
  const refusals = [...optInRefusals(wish, optedIn), ...(await currentRefusals(wish, tools))];
  const targets = [targetOf(lockKeyOf(tools.connection.url, wish.proxy), wish)];
  return { targets, total, percent: 100 / total, trafficPercent: 100, refusals };
}

function optInRefusals({ proxy }: ProxyStream, optedIn: Set<string>): string[] {
  return optedIn.has(proxy)
    ? []
    : [`proxy ${proxy} is not opted in; add it under targets.toxiproxy of the environment`];
}

async function currentRefusals({ proxy: name }: ProxyStream, tools: Tools): Promise<string[]> {
  const { url } = tools.connection;
  try {
    const all = await new ToxiproxyClient(url, tools.signal).listProxies();
    const proxy = all.find((one) => one.name === name);
    if (proxy === undefined) return [`Toxiproxy ${url} has no proxy ${name}; ${namesOf(all)}`];
    return [...proxyRefusals(proxy), ...pathRefusals(proxy, tools)];
  } catch (error) {
    if (error instanceof ToxiproxyFailure) return [error.message];
    throw error;
  }
}

function namesOf(all: Proxy[]): string {
  const names = all.map(({ name }) => name).sort();
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
  return names.length === 0 ? 'it has none; create it first' : `it has ${shown}`;
}

function proxyRefusals({ name, enabled, toxics }: Proxy): string[] {
  const ours = toxics.filter((toxic) => toxic.name.startsWith(prefix));
  const taken = ours.map((toxic) => `proxy ${name} already carries ${short(toxic.name)}; wait for its end, or sweep`);
  return enabled ? taken : [`proxy ${name} is disabled, so nobody would feel the fault; enable it first`, ...taken];
}

/** A proxy before whatever ends the fault, or one that we ourselves go through. */
function pathRefusals({ name, listen, upstream }: Proxy, { connection, removalPath = [] }: Tools): string[] {
  const onPath = [apiAddress(connection.url), ...removalPath].filter(
    (address) => mayBeSame(address, listen) || mayBeSame(address, upstream),
  );
  return onPath.map(
    (address) => `proxy ${name} is on the way to ${address}, through which faults are removed; choose another`,
  );
}

/** A toxic's name without what only programs read. */
export function short(name: string): string {
  return name.split('.').slice(0, 2).join('.');
}
