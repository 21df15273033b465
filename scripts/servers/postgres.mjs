import { randomBytes } from 'node:crypto';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.mjs';

const BIN = '/usr/lib/postgresql/15/bin';
const USER = 'gameday';
const DATABASE = 'gameday';

// Postgres refuses to run as root; Debian's package brings a user of its own for it.
async function unprivileged() {
  if (process.getuid() !== 0) return {};
  const id = async (flag) => Number(await run('id', [flag, 'postgres']));
  return { uid: await id('-u'), gid: await id('-g') };
}

async function createCluster(data, password, user) {
  const secret = join(data, 'password');
  await writeFile(secret, password, { mode: 0o600 });
  if (user.uid !== undefined) await Promise.all([data, secret].map((path) => chown(path, user.uid, user.gid)));
  const access = ['--auth=scram-sha-256', `--username=${USER}`, `--pwfile=${secret}`];
  await run(`${BIN}/initdb`, [`--pgdata=${data}/db`, '--locale=C.UTF-8', '--no-sync', ...access], {
    ...user,
    cwd: '/',
  });
  await rm(secret);
}

const urlOf = (port, password, database = DATABASE) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;

async function ask(port, password, database, query) {
  const args = ['-X', '-A', '-t', '-w', '-h', '127.0.0.1', '-p', String(port), '-U', USER, '-d', database, '-c', query];
  return run(`${BIN}/psql`, args, {
    cwd: '/',
    timeoutMs: 10_000,
    env: { PGPASSWORD: password, PGCONNECT_TIMEOUT: '5' },
  });
}

async function hasDatabase(port, password) {
  const found = await ask(port, password, 'postgres', `select 1 from pg_database where datname = '${DATABASE}'`);
  if (found.trim() === '1') return true;
  await ask(port, password, 'postgres', `create database ${DATABASE}`);
  return true;
}

/** Postgres 15 with passwords, one superuser and one database; durable against a crash of the server, not of the machine. */
export const postgres = {
  name: 'postgres',
  packages: ['postgresql-15', 'postgresql-client-15'],
  needs: [`${BIN}/postgres`, `${BIN}/initdb`, `${BIN}/psql`],
  stopSignal: 'SIGINT',
  async launch({ port, data, secrets }) {
    const user = await unprivileged();
    secrets.password = randomBytes(12).toString('hex');
    await mkdir(data, { recursive: true });
    await createCluster(data, secrets.password, user);
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      fsync: 'off',
      max_connections: 200,
    };
    const args = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    return { command: `${BIN}/postgres`, args: ['-D', `${data}/db`, ...args], user };
  },
  entry: ({ port, secrets: { password } }) => ({
    port,
    user: USER,
    password,
    database: DATABASE,
    url: urlOf(port, password),
  }),
  isReady: ({ port, password }) => hasDatabase(port, password).catch(() => false),
};
