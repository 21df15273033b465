import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isVerb, root, type ComposeService } from '../../deploy/compose-file';
import { server } from '../../harness/servers';

/** The command line as it was built. */
export const main = join(root, 'dist', 'src', 'cli', 'main.js');

type Translate = (text: string) => string;

/** The command of a service as a process of this machine. */
export async function commandOf(
  name: string,
  service: ComposeService,
  translate: Translate,
): Promise<{ command: string; args: string[] }> {
  const args = service.command.map(translate);
  if (isVerb(service)) return { command: process.execPath, args: [main, ...args] };
  const [, ...script] = service.entrypoint ?? [];
  if (script.length > 0) return { command: process.execPath, args: [...script.map(translate), ...args] };
  return { command: await binaryOf(name), args: [...args, ...listening(name, translate)] };
}

/** Whether a service answers. */
export async function isReady(name: string, said: string, translate: Translate): Promise<boolean> {
  if (name === 'shop') return said.includes('shop ready');
  if (name === 'worker') return said.includes('The worker is ready');
  const page = pages[name];
  return page !== undefined && answers(`http://${translate(page)}`);
}

const pages: Record<string, string> = {
  server: 'server:7717/health',
  sentinel: 'sentinel:7718/health',
  toxiproxy: 'toxiproxy:8474/version',
  prometheus: 'prometheus:9090/-/ready',
  alertmanager: 'alertmanager:9093/-/ready',
};

/** The very binary that scripts/servers.sh runs. */
async function binaryOf(name: string): Promise<string> {
  if (name !== 'toxiproxy' && name !== 'prometheus' && name !== 'alertmanager')
    throw new Error(`no binary for ${name}`);
  return readlinkSync(`/proc/${(await server(name)).pid}/exe`);
}

/** In a container each has its own address; here each has its own port. */
function listening(name: string, translate: Translate): string[] {
  if (name === 'toxiproxy') return ['-port', translate('toxiproxy:8474').split(':').at(-1) ?? ''];
  if (name === 'prometheus') return [`--web.listen-address=${translate('prometheus:9090')}`];
  return [`--web.listen-address=${translate('alertmanager:9093')}`, '--cluster.listen-address='];
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
