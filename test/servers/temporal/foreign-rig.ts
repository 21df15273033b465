import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePorts } from '../../../src/embedded/free-port';
import { makeCertificates, type Certified } from '../../client/certificates';
import { rawHttp } from '../../contract/raw-http';
import { ApiClient } from '../../end-to-end/rig/api-client';
import { Restartable } from '../../end-to-end/rig/restartable';
import { openNoopSide, type Side } from '../../end-to-end/rig/side';
import { startForeignTemporal, type ForeignTemporal } from './foreign-temporal';
import { TlsFront } from './tls-front';

/** A cluster of others behind mutual TLS, and a folder whose temporal.toml says how to reach it. */
export interface ForeignRig {
  home: string;
  temporal: ForeignTemporal;
  front: TlsFront;
  side: Side;
  /** A part of Gameday as a process of its own, not yet started. */
  part(name: 'worker' | 'server' | 'sentinel', ...args: string[]): Restartable;
  /** What every process here is told. */
  env: Record<string, string>;
  /** The API of a server that listens on this port. */
  api(port: number): ApiClient;
  close(): Promise<void>;
}

const cli = resolve(__dirname, '../../../dist/src/cli/main.js');

/** Starts the cluster; no part of Gameday runs yet. Calls whose path ends so are denied from the start. */
export async function openForeignRig(denied: string[] = []): Promise<ForeignRig> {
  const home = mkdtempSync(join(tmpdir(), 'gameday-foreign-'));
  const certificates = await makeCertificates();
  const temporal = await startForeignTemporal(home);
  const front = await TlsFront.open(temporal.address, certificates);
  denied.forEach((path) => front.denied.add(path));
  const side = await openNoopSide(home);
  for (const [name, one] of Object.entries(certificates)) writeCertified(home, name, one);
  writeFileSync(join(home, 'temporal.toml'), configOf(home, front.address, temporal.namespace));
  mkdirSync(join(home, 'environments'));
  writeFileSync(join(home, 'environments', `${side.name}.yaml`), environmentOf(side));
  const env = {
    ...{ TEMPORAL_CONFIG_FILE: join(home, 'temporal.toml'), TEMPORAL_PROFILE: 'staging', NO_COLOR: '1' },
    ...{ GAMEDAY_STATE_DIR: join(home, 'state'), GAMEDAY_ENVIRONMENTS: join(home, 'environments') },
  };
  const parts: Restartable[] = [];
  return {
    ...{ home, temporal, front, side, env },
    part(name, ...args) {
      const [command, isReady] = [process.execPath, readiness(name, args)];
      const part = new Restartable({ name, command, args: [cli, name, ...args], env, isReady });
      parts.push(part);
      return part;
    },
    api: (port) => new ApiClient(`http://127.0.0.1:${port}`, readFileSync(join(home, 'state', 'token'), 'utf8').trim()),
    async close() {
      await Promise.all(parts.map((part) => part.kill()));
      front.close();
      await Promise.all([temporal.close(), side.close()]);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A free port for a part. */
export async function freePort(): Promise<string> {
  const [port = 0] = await freePorts(1);
  return String(port);
}

function readiness(name: string, args: string[]): (said: string) => boolean | Promise<boolean> {
  if (name !== 'sentinel') return (said) => said.includes(`${name} is ready`);
  return () =>
    rawHttp(Number(args.at(-1)), 'GET', '/health').then(
      ({ status }) => status === 200,
      () => false,
    );
}

function writeCertified(home: string, name: string, one: Certified): void {
  writeFileSync(join(home, `${name}.pem`), one.cert);
  writeFileSync(join(home, `${name}.key`), one.private, { mode: 0o600 });
}

function configOf(home: string, address: string, namespace: string): string {
  return `[profile.staging]
address = "${address}"
namespace = "${namespace}"
[profile.staging.tls]
client_cert_path = "${join(home, 'client.pem')}"
client_key_path = "${join(home, 'client.key')}"
server_ca_cert_path = "${join(home, 'authority.pem')}"
server_name = "temporal.test"
`;
}

function environmentOf(side: Side): string {
  return `kind: environment
name: ${side.name}
endpoints: { app: '${side.appUrl}' }
connections:
  ${side.connections}
targets:
  ${side.targets}
limits: { targetsMax: 1, trafficPercentMax: 100, injectionMax: 10m, concurrentExperimentsMax: 1, concurrentInjectionsMax: 1 }
`;
}
