import type { DriverTools } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import { completeOrThrow } from '../incomplete-list';
import type { ToxiproxyConnection } from './system';
import { injectionNamed, kindIn, prefix } from './toxic-name';
import { ToxiproxyClient } from './toxiproxy-client';

/** Every fault of ours of one kind, read from the names of the toxics; an IncompleteList when one cannot be read. */
export async function listToxicFaults(kind: string, tools: DriverTools<ToxiproxyConnection>): Promise<Injection[]> {
  const all = await new ToxiproxyClient(tools.connection.url, tools.signal).listProxies();
  const named = all.flatMap((proxy) => proxy.toxics.map(({ name }) => ({ name, proxy: proxy.name })));
  const ours = named.filter(({ name }) => name.startsWith(prefix) && (kindIn(name) ?? kind) === kind);
  const faults = new Map<string, Injection>();
  const problems: string[] = [];
  for (const { name, proxy } of ours) {
    const injection = injectionNamed(name, proxy);
    if (injection) faults.set(`${proxy}/${injection.injectionId}`, injection);
    else
      problems.push(`toxic ${name.slice(0, 80)} of proxy ${proxy} is named like ours and cannot be read; look at it`);
  }
  return completeOrThrow([...faults.values()], problems);
}
