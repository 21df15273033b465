import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { openPostgresStore } from '../../../src/store/open-postgres-store';
import { server } from '../../harness/servers';
import { freshDatabase, type FreshDatabase } from './fresh-database';

const askForEncryption = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

let database: FreshDatabase;
let dir: string;
let entrance: Server;
let encrypted: string[];

/** A way to the real server that accepts encrypted connections alone, as a managed database does. */
function encryptedEntrance(targetPort: number, { key, cert }: { key: string; cert: string }): Server {
  return createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (first: Buffer) => {
      if (!first.equals(askForEncryption)) return void socket.destroy();
      socket.write('S');
      const opened = new TLSSocket(socket, { isServer: true, key, cert });
      opened.on('error', () => undefined);
      opened.on('secure', () => encrypted.push(opened.getProtocol() ?? ''));
      const target = connect(targetPort, '127.0.0.1');
      target.on('error', () => undefined);
      opened.pipe(target).pipe(opened);
    });
  });
}

async function certificateFor(name: string) {
  const options = {
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: name }] }],
  };
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], options);
  return { cert, key };
}

beforeAll(async () => {
  encrypted = [];
  database = await freshDatabase();
  dir = mkdtempSync(join(tmpdir(), 'gameday-encrypted-'));
  const ours = await certificateFor('localhost');
  writeFileSync(join(dir, 'ca.pem'), ours.cert);
  writeFileSync(join(dir, 'other.pem'), (await certificateFor('localhost')).cert);
  entrance = encryptedEntrance((await server('postgres')).port, ours);
  await new Promise<void>((resolve) => entrance.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  entrance.close();
  await database.drop();
  rmSync(dir, { recursive: true, force: true });
});

/** Opens the store with these words in the address, at a host that the certificate names or not. */
async function open(parameters: string, host = 'localhost'): Promise<string> {
  const url = new URL(database.url);
  url.hostname = host;
  url.port = String((entrance.address() as AddressInfo).port);
  url.search = parameters.replaceAll('DIR', dir);
  const store = await openPostgresStore({ url: url.href });
  await store.close();
  return encrypted.at(-1) ?? 'never encrypted';
}

test.each([
  ['sslmode=require', 'localhost'],
  ['sslmode=require', '127.0.0.1'],
  ['sslmode=verify-full&sslrootcert=DIR/ca.pem', 'localhost'],
  ['sslmode=verify-ca&sslrootcert=DIR/ca.pem', '127.0.0.1'],
])('%s at %s speaks to it encrypted', async (parameters, host) => {
  expect(await open(parameters, host)).toBe('TLSv1.3');
});

test.each([
  ['sslmode=verify-full', 'localhost', /check sslmode and sslrootcert/],
  ['sslmode=verify-full&sslrootcert=DIR/other.pem', 'localhost', /check sslmode and sslrootcert/],
  ['sslmode=verify-ca&sslrootcert=DIR/other.pem', 'localhost', /check sslmode and sslrootcert/],
  ['sslmode=verify-full&sslrootcert=DIR/ca.pem', '127.0.0.1', /check sslmode and sslrootcert/],
  ['sslmode=verify-full&sslrootcert=DIR/missing.pem', 'localhost', /no encryption was agreed|cannot be opened/],
  ['sslmode=disable', 'localhost', /could not open the evidence store/],
])('%s at %s refuses to speak to it', async (parameters, host, expected) => {
  const opening = open(parameters, host);

  await expect(opening).rejects.toThrow(expected);
  await expect(opening).rejects.not.toThrow(database.password);
});
