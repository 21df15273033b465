import type { Injection } from '../../../src/domain/injection';
import type { Target } from '../../../src/domain/survey';
import { Invalid } from '../refused';
import { apiAddress } from './addresses';
import { toxiproxySelector, type ProxyStream } from './system';

/** Names what is harmed: one proxy of one Toxiproxy, whatever the direction and the harm. */
export function lockKeyOf(url: string, proxy: string): string {
  return `toxiproxy:${apiAddress(url)}/${proxy}`;
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
