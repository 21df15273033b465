import { join } from 'node:path';
import { freePorts } from '../../../src/embedded/free-port';
import { root } from '../../deploy/compose-file';
import { server } from '../../harness/servers';

/** What stands in docker-compose.yml and its files, and what takes its place on this machine; longer texts first. */
export class Loopback {
  constructor(private readonly places: Record<string, string>) {}

  /** The text with every address, folder and setting of the containers replaced by the one here. */
  translate(text: string): string {
    const known = Object.keys(this.places).sort((one, other) => other.length - one.length);
    // In one pass: what took a place is not translated again.
    const pattern = new RegExp(known.map((there) => there.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
    return text.replace(pattern, (there) => this.places[there] ?? there);
  }
}

/** The places of the parts on loopback, each on a free port, with folders below `dir`. */
export async function makeLoopback(dir: string, temporal: string): Promise<Loopback> {
  const services = ['server:7717', 'sentinel:7718', 'worker:9464', 'toxiproxy:8474', 'toxiproxy:26379'];
  const all = [...services, 'prometheus:9090', 'alertmanager:9093'];
  const ports = await freePorts(all.length);
  const addresses = Object.fromEntries(all.map((address, index) => [address, `127.0.0.1:${ports[index]}`]));
  const portOf = (address: string): string => addresses[address]?.split(':').at(-1) ?? '';
  const { port: redisPort } = await server('redis');
  return new Loopback({
    ...addresses,
    'temporal:7233': temporal,
    'redis:6379': `127.0.0.1:${redisPort}`,
    '127.0.0.1:7717': `127.0.0.1:${portOf('server:7717')}`,
    '0.0.0.0:26379': `127.0.0.1:${portOf('toxiproxy:26379')}`,
    '0.0.0.0': '127.0.0.1',
    ...Object.fromEntries(['7717', '7718', '9464'].map((port, index) => [port, `${ports[index]}`])),
    '/opt/gameday': root,
    '/run/': `${dir}/run/`,
    '/var/lib/gameday/token': join(dir, 'server-state', 'token'),
    '/etc/toxiproxy/proxies.json': join(dir, 'toxiproxy.json'),
    '/etc/prometheus/': `${dir}/`,
    '/etc/alertmanager/': `${dir}/`,
    '=/tmp/': `=${dir}/`,
  });
}
