import { once } from 'node:events';
import { createServer as createPlainServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createSafeServer } from 'node:tls';
import type { Cluster } from '../../src/client/cluster';
import { connect } from '../../src/client/connect';
import { hopelessness } from '../../src/client/why-unreachable';
import { makeCertificates, type Certificates, type Certified } from './certificates';

let certificates: Certificates;
const sockets = new Set<Socket>();
const servers: Server[] = [];

beforeAll(async () => void (certificates = await makeCertificates()));

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Asks for a client certificate of its authority; silent to those that it lets in. */
function safeServer(): Promise<string> {
  const { authority, server } = certificates;
  const trust = { ca: authority.cert, requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] };
  return listen(createSafeServer({ ...trust, cert: server.cert, key: server.private }));
}

const bytes = (text: string) => Buffer.from(text);

function tlsOf(ca: Certified, client?: Certified): NonNullable<Cluster['tls']> {
  const pair = client && { clientCertPair: { crt: bytes(client.cert), key: bytes(client.private) } };
  return { serverRootCACertificate: bytes(ca.cert), ...pair };
}

async function whyNot(cluster: Omit<Cluster, 'namespace'>): Promise<{ attempt: string; why: string; help: string }> {
  const found = await connect({ namespace: 'chaos', ...cluster }, 300).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(found).toMatchObject({ name: 'ClusterError' });
  const { attempt, why, help } = found as { attempt: string; why: string; help: string };
  for (const { private: key } of Object.values(certificates) as Certified[])
    expect(`${attempt} ${why} ${help}`).not.toContain(key.split('\n')[1]);
  return { attempt, why, help };
}

test('says where nothing answers', async () => {
  const address = await listen(createPlainServer());
  const closed = servers.pop();
  await new Promise((done) => closed?.close(done));
  const { attempt, why, help } = await whyNot({ address });
  expect(attempt).toContain(`${address}, namespace chaos, no TLS`);
  expect(why).toBe('nothing answers there (ECONNREFUSED)');
  expect(help).toContain('TEMPORAL_ADDRESS');
});

test.each([
  ['without TLS', {}],
  ['with TLS', { tls: true as const }],
])('says that there is no such port, %s, also before its time is over', async (_, change) => {
  const cluster = { address: '127.0.0.1:65536', namespace: 'chaos', ...change };
  const { attempt, why, help } = await whyNot(cluster);
  expect(attempt).toContain('127.0.0.1:65536');
  expect(why).toBe('there is no such port (port 65536)');
  expect(help).toContain('TEMPORAL_ADDRESS');
  await expect(connect(cluster, 3_000)).rejects.toThrow(/there is no such port \(port 65536\)/);
});

test('says that a client certificate is not accepted', async () => {
  const { authority, stranger } = certificates;
  const { why, help } = await whyNot({ address: await safeServer(), tls: tlsOf(authority, stranger) });
  expect(why).toMatch(/^it does not accept our client certificate/);
  expect(help).toContain('TEMPORAL_TLS_CLIENT_CERT_PATH');
});

test('says that a client certificate is asked for', async () => {
  const { why } = await whyNot({ address: await safeServer(), tls: tlsOf(certificates.authority) });
  expect(why).toMatch(/^it ended the connection, as one that asks for a client certificate does/);
});

test('says that the server is not trusted', async () => {
  const { stranger, client } = certificates;
  const { why, help } = await whyNot({ address: await safeServer(), tls: tlsOf(stranger, client) });
  expect(why).toMatch(/^its certificate is not trusted/);
  expect(help).toContain('TEMPORAL_TLS_SERVER_CA_CERT_PATH');
});

test('says that the server is called otherwise', async () => {
  const { authority, client } = certificates;
  const tls = { ...(tlsOf(authority, client) as object), serverNameOverride: 'other.test' };
  const { why, help } = await whyNot({ address: await safeServer(), tls });
  expect(why).toMatch(/^its certificate is for another name/);
  expect(help).toContain('TEMPORAL_TLS_SERVER_NAME');
});

test('says that a server without TLS has none', async () => {
  const address = await listen(createPlainServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  expect((await whyNot({ address, tls: true })).why).toMatch(/^it does not speak TLS there/);
});

test('says that a certificate cannot be used', async () => {
  const { authority } = certificates;
  const nonsense = { cert: 'no certificate', private: 'no key' };
  const { why } = await whyNot({ address: await safeServer(), tls: tlsOf(authority, nonsense) });
  expect(why).toMatch(/^the client certificate, its key or the CA cannot be used/);
});

test('says that what answers does not speak our language', async () => {
  const { why, help } = await whyNot({ address: await listen(createPlainServer()) });
  expect(why).toBe('what answers there does not speak gRPC without TLS');
  expect(help).toContain('TEMPORAL_TLS=true');
});

test('tells what waiting cannot mend from a cluster that may yet answer', async () => {
  const { authority, stranger, client } = certificates;
  const place = { address: await safeServer(), namespace: 'chaos' };
  const refused = await hopelessness({ ...place, tls: tlsOf(authority, stranger) });
  expect(refused?.why).toMatch(/does not accept our client certificate/);
  expect(await hopelessness({ ...place, tls: tlsOf(authority, client) })).toBeUndefined();
  expect(await hopelessness({ ...place, address: '127.0.0.1:9' })).toBeUndefined();
});
