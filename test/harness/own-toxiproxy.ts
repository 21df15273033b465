import { readlinkSync } from 'node:fs';
import { freePorts } from '../../src/embedded/free-port';
import { Restartable } from '../end-to-end/rig/restartable';
import { server } from './servers';

/** A real Toxiproxy that nobody else uses: another test's sentinel cannot end a fault here, nor its experiment see one. */
export interface OwnToxiproxy {
  port: number;
  url: string;
  stop(): Promise<void>;
}

/** Starts the very binary that `scripts/servers.sh` runs, on a free port. */
export async function startOwnToxiproxy(): Promise<OwnToxiproxy> {
  const command = readlinkSync(`/proc/${(await server('toxiproxy')).pid}/exe`);
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const args = ['-host', '127.0.0.1', '-port', String(port)];
  const toxiproxy = new Restartable({ name: 'Toxiproxy', command, args, isReady: () => answers(`${url}/version`) });
  await toxiproxy.start();
  return { port, url, stop: () => toxiproxy.kill() };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
