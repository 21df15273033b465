import type { Injection } from '../../../src/domain/injection';
import type { Target } from '../../../src/domain/survey';
import { Invalid } from '../refused';
import { apiAddress } from './addresses';
import { toxiproxySelector, type ProxyStream } from './system';

/** Names what is harmed: one proxy of one Toxiproxy, whatever the direction and the harm. */
export function lockKeyOf(url: string, proxy: string): string {
  return `toxiproxy:${apiAddress(url)}/${proxy}`;
}

/** Says, with what would help, that a connection leads to another Toxiproxy than a lock names; undefined when it does not. */
export function elsewhere(url: string, lockKey: string, proxy: string): string | undefined {
  if (lockKeyOf(url, proxy) === lockKey) return undefined;
  return `the connection leads to another Toxiproxy, ${apiAddress(url)}, than ${lockKey}, where its toxic would be; set connections.toxiproxy.url back to that address until it is gone`;
}

/** One direction of the proxy that a lock stands for. */
export function targetOf(lockKey: string, { proxy, stream }: ProxyStream): Target {
  const description = `${stream} of proxy ${proxy}`;
  return { identity: `${lockKey}#${stream}`, lockKey, description, facts: { proxy, stream } };
}

/** The one proxy and direction that an injection is about; an Invalid when it names several or none. */
export function streamOf(targets: Injection['targets']): ProxyStream {
  const [target, ...others] = targets;
  const stream = toxiproxySelector.safeParse(target?.facts).data;
  if (stream === undefined || others.length > 0)
    throw new Invalid(`expected one direction of one proxy, found ${targets.length} targets; use one step for each`);
  return stream;
}
