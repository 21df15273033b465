import { randomUUID } from 'node:crypto';
import { startControlProxy } from '../../contract/control-proxy';
import { RawToxiproxy } from '../../contract/toxiproxy-raw';
import { startApp } from '../../end-to-end/rig/side';
import { startOwnToxiproxy } from '../../harness/own-toxiproxy';
import type { SurvivalSide } from './survival-sides';

/** A real application that is reached through a real Toxiproxy; our own way to Toxiproxy's API can be cut. */
export async function openToxiproxySide(): Promise<SurvivalSide> {
  const [toxiproxy, app] = await Promise.all([startOwnToxiproxy(), startApp('behind-a-proxy')]);
  const { port } = toxiproxy;
  const name = `survival-${randomUUID().slice(0, 8)}`;
  const raw = new RawToxiproxy(port, [name]);
  await raw.recreate(app.port);
  const control = await startControlProxy(() => port);
  const held: string[] = [];
  const activeNames = async () =>
    (await raw.proxies())
      .flatMap(({ toxics }) => toxics.filter(({ toxicity }) => toxicity > 0))
      .map(({ name }) => name);
  return {
    name: 'toxiproxy',
    lockKey: `toxiproxy:127.0.0.1:${control.port}/${name}`,
    step: `inject: toxiproxy/latency\n    target: { proxy: ${name} }\n    with: { delay: 40ms, percent: 100 }`,
    appUrl: `http://127.0.0.1:${await raw.listenPort(name)}`,
    connections: `toxiproxy: { url: 'http://127.0.0.1:${control.port}' }`,
    targets: `toxiproxy: [{ proxy: ${name} }]`,
    faults: activeNames,
    notAfterMs: async () => parseInt((await activeNames()).join().split('.')[2] ?? '', 36),
    cut: async () => void (control.isCut = true),
    reconnect: async () => void (control.isCut = false),
    jam: async () => void (control.beforeWrite = () => false),
    unjam: async () => void (control.beforeWrite = () => true),
    holdInjects() {
      control.beforeWrite = (_, { method, url = '' }) => method !== 'PATCH' || held.push(url) === 0;
    },
    deliverInjects: () =>
      Promise.all(
        held.map(async (path) => {
          const { status, text } = await raw.ask('PATCH', path, { toxicity: 1 });
          return `${status} ${text.trim()}`;
        }),
      ),
    async close() {
      control.close();
      await toxiproxy.stop();
      await app.process.kill();
    },
  };
}
