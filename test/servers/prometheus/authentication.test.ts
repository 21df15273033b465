import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { until } from '../../activities/signals/fake-server';
import { openProbe, readNow } from '../../activities/signals/open-probe';
import { server } from '../../harness/servers';
import { ownPrometheus, type OwnPrometheus } from './own-prometheus';

const password = 'a password: 4711';
const passwordHash = '$2b$04$rqpFxJ60THxvac7K.xO9yuJOwbKoQV7HAfvZrhcAtZLiPnQl/BZqu';

interface Certificate {
  cert: string;
  key: string;
}

async function certificateFor(name: string): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  return { cert: made.cert, key: made.private };
}

async function read(connection: object) {
  const probe = await openProbe('prometheus', { query: 'max(up)' }, { connection });
  const reading = await readNow(probe, 'value');
  await probe.close();
  expect(JSON.stringify(reading)).not.toMatch(/4711|BEGIN/);
  return reading;
}

describe('a Prometheus that knows whom it answers', () => {
  let own: OwnPrometheus;
  let [ofServer, ours, theirs]: Certificate[] = [];
  let good: { url: string; basic: object; tls: object };
  beforeAll(async () => {
    [ofServer, ours, theirs] = await Promise.all(['server', 'gameday', 'somebody else'].map(certificateFor));
    own = await ownPrometheus({
      scrape: [{ job_name: 'target', static_configs: [{ targets: [new URL((await server('prometheus')).url).host] }] }],
      web: {
        tls_server_config: {
          ...{ cert_file: 'cert.pem', key_file: 'key.pem' },
          ...{ client_auth_type: 'RequireAndVerifyClientCert', client_ca_file: 'client-ca.pem' },
        },
        basic_auth_users: { ada: passwordHash },
      },
      more: { 'cert.pem': ofServer?.cert ?? '', 'key.pem': ofServer?.key ?? '', 'client-ca.pem': ours?.cert ?? '' },
    });
    good = { url: `https://${own.host}`, basic: { user: 'ada', password }, tls: { ca: ofServer?.cert, ...ours } };
    await until(async () => (await read(good)).state === 'ok');
  });
  afterAll(() => own.stop());

  it('answers with the right certificate and password', async () => {
    expect(await read(good)).toMatchObject({ state: 'ok', value: 1 });
  });

  it.each([
    [
      'a wrong password',
      () => ({ ...good, basic: { user: 'ada', password: 'other 4711' } }),
      /status 401: check who asks/,
    ],
    ['no password', () => ({ url: good.url, tls: good.tls }), /status 401/],
    ['a bearer token', () => ({ url: good.url, tls: good.tls, bearer: { token: '4711' } }), /status 401/],
    ['a certificate it does not know', () => ({ ...good, tls: { ca: ofServer?.cert, ...theirs } }), /prometheus: /],
    ['no certificate', () => ({ ...good, tls: { ca: ofServer?.cert } }), /prometheus: /],
    [
      'an authority that did not sign it',
      () => ({ ...good, tls: { ca: theirs?.cert, ...ours } }),
      /certificate was not accepted/,
    ],
    ['no authority', () => ({ ...good, tls: { ...ours } }), /certificate was not accepted/],
    ['no encryption', () => ({ ...good, url: `http://${own.host}` }), /status 400|prometheus: /],
  ])('answers nothing to %s', async (_, connection, reason) => {
    expect(await read(connection())).toMatchObject({ state: 'error', reason: expect.stringMatching(reason) });
  });
});

describe('a Prometheus behind something that asks for a bearer token', () => {
  it('answers with the right one only', async () => {
    const { url } = await server('prometheus');
    const proxy = createServer((asked, answer) => {
      if (asked.headers.authorization !== 'Bearer token-4711') return void answer.writeHead(403).end('<html>no</html>');
      const { method, headers, url: path = '' } = asked;
      asked.pipe(
        request(`${url}${path.slice('/tenant'.length)}`, { method, headers }, (got) => {
          answer.writeHead(got.statusCode ?? 502);
          got.pipe(answer);
        }),
      );
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const through = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/tenant/`;

    expect(await read({ url: through, bearer: { token: 'token-4711' } })).toMatchObject({ state: 'ok', value: 1 });
    expect(await read({ url: through, bearer: { token: '4711' } })).toMatchObject({
      state: 'error',
      reason: expect.stringMatching(/403/),
    });
    expect(await read({ url: through })).toMatchObject({ state: 'error' });
    proxy.close();
  });
});
