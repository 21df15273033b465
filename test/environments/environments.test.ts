import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionFor } from '../../src/environments/connection-for';
import { endpointReader } from '../../src/environments/endpoint-reader';
import { loadEnvironments } from '../../src/environments/load-environments';
import { referenceSource } from '../../src/environments/reference-source';
import { redact, secretsOf } from '../../src/environments/secrets-of';
import { parseEnvironment } from '../../src/scenario/environment';
import { formatProblem } from '../../src/scenario/problem';
import { fakeCatalogue } from '../fakes/catalogue';
import { goldenEnvironment } from '../scenario/golden/environment';

const secret = 'planted-secret-4711';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gameday-environments-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function load(text = goldenEnvironment) {
  const file = write('demo.yaml', text);
  const parsed = parseEnvironment(text, file, fakeCatalogue);
  if (!parsed.isValid) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.value;
}

function problemsWith(text: string): string[] {
  const parsed = parseEnvironment(text, 'demo.yaml', fakeCatalogue);
  return parsed.isValid ? [] : parsed.problems.map(formatProblem);
}

/** One service of a connection, as a driver reads it. */
function serviceOf(connection: unknown, service: string): unknown {
  return typeof connection === 'object' && connection !== null ? Reflect.get(connection, service) : undefined;
}

test('production environments default to five percent of traffic, others to all of it', () => {
  const minimal = 'kind: environment\nname: live\n';
  const traffic = (text: string) => load(text).limits.trafficPercentMax;
  expect(traffic(`${minimal}production: true\n`)).toBe(5);
  expect(traffic(minimal)).toBe(100);
  expect(load(minimal).limits).toMatchObject({ targetsMax: 1, injectionMaxMs: 600_000, concurrentExperimentsMax: 1 });
});

test('references stay unresolved in what is loaded', () => {
  expect(load().connections['sdk']).toEqual({
    payment: { url: 'http://127.0.0.1:1', token: { env: 'PAYMENT_TOKEN' } },
  });
});

test('a connection is resolved at the moment of use, its directory beside its file', () => {
  const environment = load();
  const source = referenceSource({ PAYMENT_TOKEN: secret });
  expect(connectionFor(environment, 'sdk', fakeCatalogue, source)).toEqual({
    payment: { url: 'http://127.0.0.1:1', token: secret },
  });
  expect(connectionFor(environment, 'noop', fakeCatalogue, source)).toEqual({ directory: join(folder, 'markers') });
});

test('a file behind a reference is read anew each time and trimmed', () => {
  const read = endpointReader(load(), referenceSource({}));
  write('checkout.url', 'http://127.0.0.1:1\n');
  expect(read('checkout')).toEqual({ address: 'http://127.0.0.1:1' });
  write('checkout.url', 'http://127.0.0.1:2\n');
  expect(read('checkout')).toEqual({ address: 'http://127.0.0.1:2' });
});

test('a missing reference says where it leads and what helps', () => {
  const environment = load();
  expect(endpointReader(environment, referenceSource({}))('checkout')).toEqual({
    reason: `file ${join(folder, 'checkout.url')} cannot be read`,
    hint: 'start the system that writes it, or correct the path',
  });
  const connection = connectionFor(environment, 'sdk', fakeCatalogue, referenceSource({}));
  expect(() => serviceOf(connection, 'payment')).toThrow(
    /environment variable PAYMENT_TOKEN is not set; set PAYMENT_TOKEN/,
  );
});

const payment = 'payment: { url: "http://127.0.0.1:1", token: { env: PAYMENT_TOKEN } }';
const two = goldenEnvironment.replace(
  payment,
  `${payment}, stock: { url: "http://127.0.0.1:2", token: { env: STOCK_TOKEN } }`,
);

test('one service whose token is missing takes none of the others along, and is still known by name', () => {
  const connection = connectionFor(load(two), 'sdk', fakeCatalogue, referenceSource({ STOCK_TOKEN: secret }));
  expect(serviceOf(connection, 'stock')).toEqual({ url: 'http://127.0.0.1:2', token: secret });
  expect(Object.keys(connection as object).sort()).toEqual(['payment', 'stock']);
  expect(() => serviceOf(connection, 'payment')).toThrow(/PAYMENT_TOKEN is not set/);
});

test('what a system cannot do without is missing as a whole', () => {
  const environment = load(goldenEnvironment.replace('directory: markers', 'directory: { env: MARKERS }'));
  const connect = () => connectionFor(environment, 'noop', fakeCatalogue, referenceSource({}));
  expect(connect).toThrow(/Connecting to noop in environment demo .*: environment variable MARKERS is not set; set/);
});

test.each([
  ['token', goldenEnvironment.replace('{ env: PAYMENT_TOKEN }', secret), 'connections.sdk.payment.token'],
  [
    'field that its system marks',
    goldenEnvironment.replace('directory: markers', `directory: m, pin: ${secret}`),
    'connections.noop.pin',
  ],
  [
    'password in an address',
    goldenEnvironment.replace('http://127', `http://me:${secret}@127`),
    'connections.sdk.payment.url',
  ],
  [
    'password in an endpoint',
    goldenEnvironment.replace('{ file: checkout.url }', `http://me:${secret}@x`),
    'endpoints.checkout',
  ],
])('a %s in plain text is refused and not repeated', (_, text, place) => {
  const problems = problemsWith(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(place);
  expect(problems.join()).not.toContain(secret);
});

test('a resolved value that its system refuses is not repeated', () => {
  const environment = load(goldenEnvironment.replace('url: "http://127.0.0.1:1"', 'url: { env: PAYMENT_URL }'));
  const source = referenceSource({ PAYMENT_TOKEN: secret, PAYMENT_URL: secret });
  const read = () => serviceOf(connectionFor(environment, 'sdk', fakeCatalogue, source), 'payment');
  expect(read).toThrow(/payment\.url: expected an address/);
  expect(read).not.toThrow(new RegExp(secret));
});

test('an endpoint that turns out to carry a password is not shown', () => {
  write('checkout.url', `http://me:${secret}@127.0.0.1:1`);
  const found = endpointReader(load(), referenceSource({}))('checkout');
  expect(JSON.stringify(found)).not.toContain(secret);
  expect(found).toHaveProperty('reason');
});

test('every secret is known for redaction', () => {
  const secrets = secretsOf(load(), referenceSource({ PAYMENT_TOKEN: secret }));
  expect(secrets).toEqual([secret]);
  expect(redact(`asked with ${secret}`, secrets)).toBe('asked with [secret]');
});

test('a folder is loaded whole: sound environments, and the problems of the others', () => {
  write('a.yaml', goldenEnvironment);
  write('b.yml', goldenEnvironment);
  write('c.yaml', goldenEnvironment.replace('name: demo', 'name: other').replace('targets:', 'tragets:'));
  write('notes.txt', 'not read');
  mkdirSync(join(folder, 'd.yaml'));
  const { environments, problems } = loadEnvironments(folder, fakeCatalogue);
  expect(environments.map((one) => one.name)).toEqual(['demo']);
  expect(problems.map((one) => formatProblem(one).slice(folder.length + 1))).toEqual([
    `b.yml:1:1: name: expected a name of its own, found "demo", which ${join(folder, 'a.yaml')} has already`,
    expect.stringMatching(/^c\.yaml:8:1: tragets: .*did you mean "targets"/),
    'd.yaml:1:1: expected a file, found a directory or device',
  ]);
});

test('a missing folder is a problem that says what helps', () => {
  const { problems } = loadEnvironments(join(folder, 'none'), fakeCatalogue);
  expect(problems.map((one) => one.hint)).toEqual(['set GAMEDAY_ENVIRONMENTS to the folder']);
});

test('a blocker keeps its endpoint for the moment the plan is made', () => {
  const blockers =
    'blockers: { deployment: { json: { url: "${endpoints.checkout}/deploy", path: $.state }, expect: "== none" } }\n';
  expect(load(goldenEnvironment + blockers).blockers).toMatchObject([
    {
      name: 'deployment',
      probe: { id: 'blocker:deployment', kind: 'json', query: { url: '${endpoints.checkout}/deploy' } },
      expect: { signal: 'blocker:deployment', tolerance: { operator: '==', value: 'none' } },
    },
  ]);
  expect(problemsWith(goldenEnvironment + blockers.replace('"== none"', '">= none"'))[0]).toContain(
    'expected == or !=',
  );
});
