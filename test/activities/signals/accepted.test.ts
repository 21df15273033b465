import { fakeServer, until, type FakeServer, type Served } from './fake-server';
import { openProbe, readNow } from './open-probe';

const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(answer: Parameters<typeof fakeServer>[0]): Promise<FakeServer> {
  const server = await fakeServer(answer);
  servers.push(server);
  return server;
}

const query = (shop: FakeServer, ledger: FakeServer) => ({
  url: `${shop.url}/checkout`,
  method: 'POST',
  rate: '100/s',
  body: { orderId: '${request.id}' },
  accepted: `${ledger.url}/accepted`,
});

const idOf = (order: Served): string => (JSON.parse(order.body) as { orderId: string }).orderId;
const idsOf = (ledger: FakeServer): string[] =>
  ledger.served.flatMap((batch) => (JSON.parse(batch.body) as { ids: string[] }).ids);

describe('the ids of answered requests', () => {
  it('are delivered in batches, exactly those answered 2xx, none missing after close', async () => {
    const shop = await serve((_, response, n) => response.writeHead(n % 3 ? 200 : 503).end());
    const ledger = await serve((_, response) => response.writeHead(204).end());
    const probe = await openProbe('http', query(shop, ledger));
    await until(() => ledger.served.length >= 2);
    await probe.close();
    const answered = shop.served.filter((_, n) => (n + 1) % 3).map(idOf);
    expect(idsOf(ledger).sort()).toEqual(answered.sort());
    expect(ledger.served.length).toBeLessThan(shop.served.length / 5);
    expect(ledger.served[0]).toMatchObject({ method: 'POST', headers: { baggage: expect.any(String) } });
    expect(await readNow(probe, 'success-ratio')).toMatchObject({ state: 'ok' });
    const raw = (probe.drain?.() ?? []) as [number, number, string, string][];
    expect(
      raw
        .filter(([, , outcome]) => outcome === 'ok')
        .map(([, , , id]) => id)
        .sort(),
    ).toEqual(answered.sort());
  });

  it('are delivered again until the other side has them', async () => {
    const shop = await serve((_, response) => response.end());
    const ledger = await serve((_, response, n) => response.writeHead(n <= 2 ? 500 : 200).end());
    const probe = await openProbe('http', query(shop, ledger));
    await until(() => ledger.served.length >= 3);
    await probe.close();
    expect([...new Set(idsOf(ledger))].sort()).toEqual(shop.served.map(idOf).sort());
    expect(await readNow(probe, 'success-ratio')).toMatchObject({ state: 'ok' });
  });

  it('make the last reading an error when they could not be delivered', async () => {
    const shop = await serve((_, response) => response.end());
    const ledger = await serve((_, response) => response.writeHead(500).end());
    const probe = await openProbe('http', query(shop, ledger));
    await until(() => shop.served.length >= 5);
    await until(async () => (await readNow(probe, 'success-ratio')).state === 'ok');
    await probe.close();
    const reading = await readNow(probe, 'success-ratio');
    const count = shop.served.length;
    const reason = `${count} ids of answered requests could not be delivered to ${ledger.url}/accepted (status 500)`;
    expect(reading).toMatchObject({ state: 'error', reason });
  });
});
