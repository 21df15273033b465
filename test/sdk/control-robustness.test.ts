import { connect } from 'node:net';
import { configureFaults } from '@gameday/sdk';
import { aRuleBody, aRuleId, type Controlled, controlled, token } from './control-client';

let payment: Controlled;
beforeAll(async () => {
  payment = await controlled({ custom: { any: () => undefined } });
});
afterAll(async () => {
  configureFaults({ service: 'payment', points: [] });
  await payment.control.close();
});

/** Sends bytes as they are, closes its own side if asked to, and answers whatever came back. */
function sendBytes(bytes: string, hangsUp = false): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(payment.control.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.write(bytes, () => hangsUp && socket.destroy());
  });
}

const head = (length: number): string =>
  `PUT /v1/rules/${aRuleId()} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer ${token}\r\ncontent-length: ${length}\r\n\r\n`;

describe('the control survives', () => {
  afterEach(async () => {
    expect(await payment.ask('GET', '/v1/health')).toMatchObject({ status: 200 });
    expect(await payment.ask('GET', '/v1/rules')).toEqual({ status: 200, body: { rules: [] } });
  });

  test.each([
    ['no HTTP at all', '\u0000\u0001\u0002 nonsense\r\n\r\n', /^HTTP\/1\.1 400/],
    ['an impossible length', `PUT / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n`, /^HTTP\/1\.1 400/],
    ['a header without end', `GET / HTTP/1.1\r\nx: ${'a'.repeat(100_000)}`, /^HTTP\/1\.1 4/],
    ['an odd path', `GET //%%%?? HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`, /^HTTP\/1\.1 401/],
    ['half a body', `${head(100)}{"point":`, /^$/],
  ])('%s', async (name, bytes, answer) => {
    expect(await sendBytes(bytes, name === 'half a body')).toMatch(answer);
  });

  test.each(['{', 'null', '[]', '"text"', '7', '{"__proto__":{}}', '{"point":"charge"}', '\u0000'])(
    'the body %j',
    async (body) => {
      expect(await sendBytes(head(Buffer.byteLength(body)) + body)).toMatch(/^HTTP\/1\.1 (400|422)/);
    },
  );

  test('no body', async () => {
    expect(await payment.ask('PUT', `/v1/rules/${aRuleId()}`)).toMatchObject({ status: 422 });
  });

  test('a body of a megabyte, which it answers with 413', async () => {
    const body = JSON.stringify(aRuleBody({ tag: { owner: 'x'.repeat(1_000_000) } }));
    expect(await sendBytes(head(body.length) + body)).toMatch(/^HTTP\/1\.1 413/);
  });

  test('thirty thousand nested lists', async () => {
    const nested = '['.repeat(30_000) + ']'.repeat(30_000);
    const body = JSON.stringify(aRuleBody()).replace(
      /"effect":\{[^}]*\}/,
      `"effect":{"kind":"custom","name":"any","value":${nested}}`,
    );
    expect(body).toContain(nested);
    expect(await sendBytes(head(body.length) + body)).toMatch(/^HTTP\/1\.1 422[^]*nested at most/);
  });
});
