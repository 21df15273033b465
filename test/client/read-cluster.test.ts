import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeCluster } from '../../src/client/cluster';
import { readCluster } from '../../src/client/read-cluster';
import { parseConfig } from '../../src/config';

const folder = mkdtempSync(join(tmpdir(), 'gameday-cluster-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const key = 'THE-SECRET-KEY';

function write(text: string): string {
  const file = join(mkdtempSync(join(folder, 'toml-')), 'temporal.toml');
  writeFileSync(file, text);
  return file;
}

const staging = `
[profile.staging]
address = "temporal.staging:7233"
namespace = "chaos"
[profile.staging.tls]
server_name = "temporal.test"
client_cert_data = "a certificate"
client_key_data = "${key}"
[profile.staging.grpc_meta]
team = "sre"
`;

const home = { HOME: folder, XDG_CONFIG_HOME: join(folder, 'no-such') };

test('an address alone means its default namespace, without TLS', () => {
  const cluster = readCluster({ ...home, TEMPORAL_ADDRESS: 'temporal:7233' });
  expect(cluster).toEqual({ address: 'temporal:7233', namespace: 'default' });
  expect(describeCluster(cluster)).toBe('temporal:7233, namespace default, no TLS');
});

test('a profile brings address, namespace, certificate, server name and metadata', () => {
  const cluster = readCluster({ ...home, TEMPORAL_CONFIG_FILE: write(staging), TEMPORAL_PROFILE: 'staging' });
  expect(cluster).toMatchObject({ address: 'temporal.staging:7233', namespace: 'chaos', metadata: { team: 'sre' } });
  expect(cluster.tls).toMatchObject({ serverNameOverride: 'temporal.test', clientCertPair: expect.anything() });
  const line = describeCluster(cluster);
  expect(line).toBe('temporal.staging:7233, namespace chaos, mutual TLS, profile staging of temporal.toml');
});

test('a variable wins over the profile', () => {
  const env = { TEMPORAL_CONFIG_FILE: write(staging), TEMPORAL_PROFILE: 'staging', TEMPORAL_NAMESPACE: 'other' };
  expect(readCluster({ ...home, ...env }).namespace).toBe('other');
});

test('an API key turns TLS on and is not shown', () => {
  const cluster = readCluster({ ...home, TEMPORAL_ADDRESS: 'cloud:7233', TEMPORAL_API_KEY: key });
  expect(cluster).toMatchObject({ apiKey: key, tls: true });
  expect(describeCluster(cluster)).toBe('cloud:7233, namespace default, TLS, an API key');
});

test('a file in its default place is read once a cluster is asked for, and asks for none by itself', () => {
  const config = join(folder, 'config');
  mkdirSync(join(config, 'temporalio'), { recursive: true });
  writeFileSync(join(config, 'temporalio', 'temporal.toml'), '[profile.default]\naddress = "production:7233"\n');
  const env = { HOME: folder, XDG_CONFIG_HOME: config };
  expect(parseConfig(env).hasCluster).toBe(false);
  expect(parseConfig({ ...env, TEMPORAL_NAMESPACE: 'chaos' }).hasCluster).toBe(false);
  const asked = { ...env, TEMPORAL_PROFILE: 'default' };
  expect(parseConfig(asked).hasCluster).toBe(true);
  if (process.platform === 'linux') expect(readCluster(asked).address).toBe('production:7233');
});

test.each([
  [
    'a file that is not there',
    () => ({ TEMPORAL_CONFIG_FILE: join(folder, 'nowhere.toml') }),
    /no file .*nowhere\.toml/,
  ],
  [
    'a profile that is not there, with those that are',
    () => ({ TEMPORAL_CONFIG_FILE: write(staging), TEMPORAL_PROFILE: 'production' }),
    /profile production is not in .*only staging/,
  ],
  [
    'a file without the default profile',
    () => ({ TEMPORAL_CONFIG_FILE: write(staging) }),
    /profile default is not in .*only staging/,
  ],
  ['a profile without any file', () => ({ TEMPORAL_PROFILE: 'staging' }), /profile staging is not in .*no profile/],
  [
    'what is no TOML, by its place alone',
    () => ({ TEMPORAL_CONFIG_FILE: write(`[profile.default]\naddress = "a:1"\napi_key = "${key}\n`) }),
    /no TOML at line 3, column \d+/,
  ],
  [
    'a certificate without its key',
    () => ({ TEMPORAL_ADDRESS: 'a:1', TEMPORAL_TLS_CLIENT_CERT_DATA: 'a certificate' }),
    /its key is missing/,
  ],
  [
    'a key without its certificate',
    () => ({ TEMPORAL_ADDRESS: 'a:1', TEMPORAL_TLS_CLIENT_KEY_DATA: key }),
    /the certificate of its key is missing/,
  ],
  [
    'a certificate file that is not there',
    () => ({
      ...{ TEMPORAL_ADDRESS: 'a:1', TEMPORAL_TLS_CLIENT_KEY_DATA: key },
      TEMPORAL_TLS_CLIENT_CERT_PATH: join(folder, 'nowhere.pem'),
    }),
    /nowhere\.pem cannot be read \(ENOENT\)/,
  ],
  [
    'an address that is no text',
    () => ({ TEMPORAL_CONFIG_FILE: write('[profile.default]\naddress = 7233\n') }),
    /address must be text/,
  ],
])('refuses %s, and quotes no key', (_, env, why) => {
  let error: unknown;
  try {
    readCluster({ ...home, ...env() });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({
    name: 'ClusterError',
    why: expect.stringMatching(why),
    help: expect.stringMatching(/\.$/),
  });
  expect(String(error)).not.toContain(key);
});
