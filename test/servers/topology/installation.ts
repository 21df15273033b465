import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { readCompose, root, type ComposeService } from '../../deploy/compose-file';
import { Restartable } from '../../end-to-end/rig/restartable';
import { openTemporal, type TemporalProcess } from '../../end-to-end/rig/temporal-process';
import { server } from '../../harness/servers';
import { WatchedProcess } from '../../harness/watched-process';
import type { Ended } from '../../harness/workplace';
import { commandOf, isReady, main } from './launch';
import { makeLoopback, type Loopback } from './loopback';

const files = join(root, 'deploy', 'compose');

/** How each service of docker-compose.yml whose image is not ours is had on this machine. */
const standIns = {
  postgres: 'scripts/servers.sh',
  redis: 'scripts/servers.sh',
  temporal: 'the development server, which keeps its state in SQLite',
  toxiproxy: 'its own process',
  prometheus: 'its own process',
  alertmanager: 'its own process',
};

/** docker-compose.yml as processes of this machine: the same commands, variables and files on loopback. */
export class Installation {
  readonly processes: Record<string, Restartable> = {};
  private readonly names = `topology_${process.pid}_${Date.now()}`;

  private constructor(
    readonly dir: string,
    private readonly loopback: Loopback,
    private readonly temporal: TemporalProcess,
    private readonly postgresUrl: string,
  ) {}

  /** Starts every service and waits until each answers. */
  static async start(): Promise<Installation> {
    const dir = mkdtempSync(join(tmpdir(), 'gameday-topology-'));
    const temporal = await openTemporal(dir);
    const { url: postgresUrl } = await server('postgres');
    const installation = new Installation(dir, await makeLoopback(dir, temporal.address), temporal, postgresUrl);
    try {
      await installation.begin();
      return installation;
    } catch (error) {
      await installation.stop();
      throw error;
    }
  }

  /** Where a container's address is here, such as `server:7717`. */
  at(address: string): string {
    return `http://${this.loopback.translate(address)}`;
  }

  /** Runs the command line as `docker compose exec server gameday` does. */
  gameday(words: string[]): Promise<Ended> {
    const env = { ...process.env, NO_COLOR: '1', ...this.variablesOf('server', readCompose().services['server']) };
    return new WatchedProcess(spawn(process.execPath, [main, ...words], { cwd: this.dir, env })).ended;
  }

  /** Ends every process and removes what was made. */
  async stop(): Promise<void> {
    for (const name of ['worker', 'server', 'sentinel', 'shop', 'prometheus', 'alertmanager', 'toxiproxy'])
      await this.processes[name]?.kill();
    await this.temporal.process.kill();
    await this.sql(`drop database if exists "${this.names}_gameday"`, `drop database if exists "${this.names}_shop"`);
    rmSync(this.dir, { recursive: true, force: true });
  }

  private async begin(): Promise<void> {
    const { services } = readCompose();
    this.copyFiles();
    await this.makeDatabases();
    for (const name of ['toxiproxy', 'alertmanager', 'shop', 'sentinel', 'server', 'worker', 'prometheus'])
      await this.startService(name, services[name]);
    const known = [...Object.keys(this.processes), ...Object.keys(standIns)];
    const missing = Object.keys(services).filter((name) => !known.includes(name));
    if (missing.length > 0)
      throw new Error(`docker-compose.yml has services that nothing here stands for: ${missing.join(', ')}`);
  }

  /** Every file that is mounted, with the addresses of this machine. */
  private copyFiles(): void {
    for (const folder of ['run/shop', 'run/noop', 'environments'])
      mkdirSync(join(this.dir, folder), { recursive: true });
    for (const name of readdirSync(join(files, 'environments')))
      this.copyFile(join('environments', name), join('environments', name));
    for (const name of ['prometheus.yml', 'alertmanager.yml', 'toxiproxy.json']) this.copyFile(name, name);
  }

  private copyFile(from: string, to: string): void {
    writeFileSync(join(this.dir, to), this.translate(readFileSync(join(files, from), 'utf8')));
  }

  private async makeDatabases(): Promise<void> {
    const shop = readFileSync(join(files, 'postgres', 'create-databases.sql'), 'utf8').replace(
      'shop;',
      `"${this.names}_shop";`,
    );
    await this.sql(`create database "${this.names}_gameday"`, shop);
  }

  private async sql(...statements: string[]): Promise<void> {
    const client = new Client({ connectionString: this.postgresUrl });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  private async startService(name: string, service: ComposeService | undefined): Promise<void> {
    if (!service) throw new Error(`docker-compose.yml has no service ${name}`);
    const translate = (text: string): string => this.translate(text);
    const { command, args } = await commandOf(name, service, translate);
    const env = this.variablesOf(name, service);
    const plan = { name, command, args, env, isReady: (said: string) => isReady(name, said, translate) };
    const started = new Restartable(plan);
    this.processes[name] = started;
    await started.start();
  }

  private variablesOf(name: string, service: ComposeService | undefined): Record<string, string> {
    const ours = {
      GAMEDAY_STATE_DIR: join(this.dir, `${name}-state`),
      GAMEDAY_ENVIRONMENTS: join(this.dir, 'environments'),
    };
    // A part that is told its own name listens there.
    const given = Object.entries(service?.environment ?? {}).map(([key, value]) => [
      key,
      value === name ? '127.0.0.1' : this.translate(value),
    ]);
    return { ...ours, ...Object.fromEntries(given) } as Record<string, string>;
  }

  private translate(text: string): string {
    const here = new URL('.', this.postgresUrl).href.replace(/\/$/, '');
    return this.loopback
      .translate(
        text.replace(/\$\{GAMEDAY_SEAL_KEY[^}]*\}/g, 's'.repeat(40)).replace(/\$\{POSTGRES_PASSWORD[^}]*\}/g, '***'),
      )
      .replace('postgres://gameday:***@postgres:5432/gameday', `${here}/${this.names}_gameday`)
      .replace('postgres://gameday:***@postgres:5432/shop', `${here}/${this.names}_shop`);
  }
}
