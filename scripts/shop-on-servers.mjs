import pg from 'pg';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isAlive } from './is-alive.mjs';
import { exitCodeOf, projectDir } from './run-command.mjs';
import { readNote } from './servers/note.mjs';
import { setUp } from './set-up.mjs';

// Starts the shop with its catalogue on a real Redis, behind a proxy that faults can be put on, and on a real Postgres:
//   scripts/servers.sh start redis postgres toxiproxy
//   node scripts/shop-on-servers.mjs [--dir .gameday/shop] [--proxy redis]
// The proxy's name also names the database and the keys, so that several shops can share the servers.
const { values } = parseArgs({
  options: { dir: { type: 'string', default: '.gameday/shop' }, proxy: { type: 'string', default: 'redis' } },
});
const dir = resolve(projectDir, values.dir);

async function findServers() {
  const servers = await readNote();
  const missing = ['redis', 'postgres', 'toxiproxy'].filter((name) => servers[name] === undefined);
  if (missing.length === 0) return servers;
  throw new Error(`Could not find ${missing.join(', ')}. Run: scripts/servers.sh start redis postgres toxiproxy`);
}

async function askToxiproxy(url, method, path, body) {
  const answer = await fetch(`${url}${path}`, {
    method,
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  return { status: answer.status, body: answer.status === 204 ? undefined : await answer.json() };
}

/** Creates the proxy, or takes the one that is there when it leads to the same Redis; resolves to where it listens. */
async function openProxy({ toxiproxy, redis }) {
  const proxy = { name: values.proxy, listen: '127.0.0.1:0', upstream: `127.0.0.1:${redis.port}`, enabled: true };
  const created = await askToxiproxy(toxiproxy.url, 'POST', '/proxies', proxy);
  if (created.status === 201) return { listen: created.body.listen, isOurs: true };
  const found = await askToxiproxy(toxiproxy.url, 'GET', `/proxies/${values.proxy}`);
  if (found.body.upstream === proxy.upstream) return { listen: found.body.listen, isOurs: false };
  throw new Error(`Proxy ${values.proxy} leads to ${found.body.upstream}. Choose another name with --proxy.`);
}

/** Creates a database of this shop's own, unless it is there; resolves to its address. */
async function openDatabase({ postgres }) {
  const name = `shop_${values.proxy}`;
  const client = new pg.Client(postgres.url);
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href;
}

// The shop ends when its standard input does, and with it whatever happens to this process.
function startShop(settings) {
  const stdio = ['pipe', 'inherit', 'inherit'];
  const env = { ...process.env, ...settings };
  return spawn(process.execPath, ['examples/shop/dist/main.js', '--dir', dir], { cwd: projectDir, env, stdio });
}

async function readJson(name) {
  return JSON.parse(await readFile(join(dir, name), 'utf8').catch(() => '{}'));
}

// Written once a shop of ours holds the folder; one that npm alone started leaves another process's note, or none.
const ownNote = 'shop-on-servers.json';

/** The shop that runs in the folder, and whether it has the servers. */
async function findShop() {
  const { shop } = await readJson('pids.json');
  if (shop === undefined || !isAlive(shop)) return undefined;
  return { pid: shop, hasServers: (await readJson(ownNote)).shop === shop };
}

async function noteOnceItHolds(shop) {
  while (shop.exitCode === null && shop.signalCode === null) {
    const { shop: holder } = await readJson('pids.json').catch(() => ({}));
    if (holder === shop.pid) return writeFile(join(dir, ownNote), JSON.stringify({ shop: shop.pid }));
    if (holder !== undefined && isAlive(holder)) return undefined;
    await sleep(20);
  }
  return undefined;
}

async function runShop(servers, { listen }) {
  const shop = startShop({
    SHOP_REDIS_URL: `redis://${listen}`,
    SHOP_POSTGRES_URL: await openDatabase(servers),
    SHOP_CACHE_PREFIX: values.proxy,
  });
  void noteOnceItHolds(shop);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => shop.kill('SIGTERM'));
  const [code, signal] = await once(shop, 'exit');
  return code ?? exitCodeOf(signal);
}

async function main() {
  await setUp();
  const running = await findShop();
  if (running && !running.hasServers)
    throw new Error(
      `A shop without these servers runs in ${dir}. Stop process ${running.pid} first: kill ${running.pid}`,
    );
  const servers = await findServers();
  const proxy = await openProxy(servers);
  // Stays when the shop ends: whoever looks for faults that were left behind asks Toxiproxy, which lives on.
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'toxiproxy.url'), servers.toxiproxy.url);
  try {
    return await runShop(servers, proxy);
  } finally {
    if (proxy.isOurs) await askToxiproxy(servers.toxiproxy.url, 'DELETE', `/proxies/${values.proxy}`);
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error.message);
    process.exit(2);
  },
);
