import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { transformFile } from '@swc/core';

const source = join(__dirname, '../../sdk/src');
let compiled: string;

beforeAll(async () => {
  compiled = await mkdtemp(join(tmpdir(), 'gameday-sdk-'));
  for (const name of await readdir(source, { recursive: true })) if (name.endsWith('.ts')) await compile(name);
});
afterAll(() => rm(compiled, { recursive: true }));

async function compile(name: string): Promise<void> {
  const target = join(compiled, name.replace(/\.ts$/, '.js'));
  const { code } = await transformFile(join(source, name), {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, code);
}

/** Runs a script in a process of its own to its natural end; one that does not end is an error. */
async function runToItsEnd(script: string, timeoutMs = 20_000): Promise<string> {
  const opening = `const sdk = require(${JSON.stringify(join(compiled, 'index.js'))});`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', opening + script], { timeout: timeoutMs });
  return stdout;
}

const withActiveRule = `
  sdk.configureFaults({ service: 'a', points: ['charge'] });
  const headers = { authorization: 'Bearer t' };
  const body = JSON.stringify({ point: 'charge', effect: { kind: 'latency', delayMs: 30000 }, percent: 100,
    leaseMs: 3600000, remainingMs: 3600000, tag: {} });
  (async () => {
    const { url } = await sdk.startControl({ token: 't' });
    await (await fetch(url + '/v1/rules/a', { method: 'PUT', headers, body })).text();
    const active = await (await fetch(url + '/v1/rules/a/activate', { method: 'POST', headers })).json();
    const waiting = sdk.faultPoint('charge');
    console.log(active.state, waiting instanceof Promise);
  })();`;

const withHangingPeer = `
  (async () => {
    const { port } = await sdk.startControl({ token: 't' });
    const peer = require('node:net').connect(port, '127.0.0.1');
    peer.unref();
    peer.write('PUT /v1/rules/a HTTP/1.1\\r\\nhost: x\\r\\nauthorization: Bearer t\\r\\ncontent-length: 9\\r\\n\\r\\n{');
    setTimeout(() => console.log('work done'), 200);
  })();`;

describe('the process of the application', () => {
  test('ends by itself although the control listens', async () => {
    expect(await runToItsEnd(`sdk.startControl({ token: 't' }).then(() => console.log('listening'));`)).toBe(
      'listening\n',
    );
  });

  test('ends by itself although a rule is active and a call is delayed', async () => {
    expect(await runToItsEnd(withActiveRule)).toBe('active true\n');
  });
});

describe('the process of the application, with a peer that never ends its request', () => {
  test('ends before the control would cut that peer off', async () => {
    expect(await runToItsEnd(withHangingPeer, 8_000)).toBe('work done\n');
  });
});

describe('the package', () => {
  test('needs nothing but Node', async () => {
    const script = `console.log(Object.keys(require.cache).every((file) => file.startsWith(${JSON.stringify(compiled)})));`;
    expect(await runToItsEnd(script)).toBe('true\n');
  });
});
