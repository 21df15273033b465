import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ToxiproxyClient } from '../../../../activities/faults/toxiproxy/toxiproxy-client';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** Something that answers at the address of a Toxiproxy. */
async function answering(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => void server.close().closeAllConnections());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

const clientOf = (url: string, signal = AbortSignal.timeout(20_000)) => new ToxiproxyClient(url, signal);
const fixed = (status: number, body: string) =>
  answering((_, response) => void response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end(body));

describe('ToxiproxyClient', () => {
  it('takes a 404 for "not there" only when Toxiproxy itself says so', async () => {
    const missing = await fixed(404, '{"error":"proxy not found","status":404}');
    expect(await clientOf(missing).readProxy('redis')).toBeUndefined();
    expect(await clientOf(missing).deleteToxic('redis', 'gd-x')).toBe(false);
    const another = clientOf(await fixed(404, '404 page not found'));
    await expect(another.readProxy('redis')).rejects.toThrow(/answered 404; is this the right address/);
    await expect(another.deleteToxic('redis', 'gd-x')).rejects.toThrow(/cannot remove a toxic from proxy redis/);
  });

  it.each([
    ['a redirect', 302, '', /it redirects/],
    ['an answer of another kind', 200, '<html></html>', /not that of a Toxiproxy 2/],
    ['an error in words', 500, '{"error":"out of toxics"}', /out of toxics \(500\)/],
  ])('says what was attempted and why not on %s', async (_, status, body, why) => {
    const url = await fixed(status, body);
    await expect(clientOf(url).listProxies()).rejects.toThrow(why);
    await expect(clientOf(url).listProxies()).rejects.toThrow(`cannot list the proxies at Toxiproxy ${url}`);
  });

  it('is no browser and writes names into the path whole', async () => {
    const seen: unknown[] = [];
    const url = await answering(({ method, url, headers }, response) => {
      seen.push(method, url, headers['user-agent']);
      response.writeHead(204).end();
    });
    await clientOf(`${url}/behind`).deleteToxic('redis #1?', 'gd-a b%');
    expect(seen).toEqual(['DELETE', '/behind/proxies/redis%20%231%3F/toxics/gd-a%20b%25', 'gameday']);
  });

  it('ends with the call it belongs to when no answer comes', async () => {
    const url = await answering(() => undefined);
    const call = new AbortController();
    const listing = clientOf(url, call.signal).listProxies();
    call.abort();
    await expect(listing).rejects.toThrow(/given up before an answer came/);
  });

  it('says that nothing answers', async () => {
    await expect(clientOf('http://127.0.0.1:1').listProxies()).rejects.toThrow(/ECONNREFUSED; is it running\?/);
  });
});
