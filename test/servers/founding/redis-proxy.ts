import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { startOwnToxiproxy } from '../../harness/own-toxiproxy';
import { server } from '../../harness/servers';

const proxy = z.object({ listen: z.string(), toxics: z.array(z.object({ name: z.string() })) });

/** A proxy at a real Toxiproxy of one test's own. */
export interface RedisProxy {
  name: string;
  /** Where Toxiproxy's API answers. */
  apiUrl: string;
  /** The address of Redis through the proxy. */
  redisUrl: string;
  /** The names of the toxics that are on it now. */
  toxics(): Promise<string[]>;
  remove(): Promise<void>;
}

/** Puts a proxy with a name that nobody else has in front of Redis at this port, by default the real server's. */
export async function openRedisProxy(redisPort?: number): Promise<RedisProxy> {
  const toxiproxy = await startOwnToxiproxy();
  const { url: apiUrl } = toxiproxy;
  const port = redisPort ?? (await server('redis')).port;
  const name = `redis-${randomBytes(4).toString('hex')}`;
  const created = await ask(apiUrl, 'POST', '/proxies', {
    name,
    listen: '127.0.0.1:0',
    upstream: `127.0.0.1:${port}`,
    enabled: true,
  });
  return {
    name,
    apiUrl,
    redisUrl: `redis://${proxy.parse(created).listen}`,
    toxics: async () => proxy.parse(await ask(apiUrl, 'GET', `/proxies/${name}`)).toxics.map((toxic) => toxic.name),
    remove: () => toxiproxy.stop(),
  };
}

async function ask(apiUrl: string, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${apiUrl}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${path} at Toxiproxy: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? undefined : answer.json();
}
