import { rawHttp, type RawAnswer } from './raw-http';
import type { RawFault } from './world';

/** A proxy as plain HTTP shows it. */
export interface RawProxy {
  name: string;
  listen: string;
  upstream: string;
  enabled: boolean;
  toxics: { name: string; type: string; stream: string; toxicity: number; attributes: Record<string, number> }[];
}

/** Toxiproxy as seen with plain HTTP, sharing no code with the drivers; it touches only the proxies it was given. */
export class RawToxiproxy {
  constructor(
    private readonly port: number,
    private readonly names: string[],
  ) {}

  /** Makes each proxy anew, without toxics, on a free port, before something on the loopback. */
  async recreate(upstreamPort: number): Promise<void> {
    await this.remove();
    for (const name of this.names) {
      const created = { name, listen: '127.0.0.1:0', upstream: `127.0.0.1:${upstreamPort}`, enabled: true };
      await this.granted('POST', '/proxies', created);
    }
  }

  /** Removes the proxies, or those of them that are there. */
  async remove(names = this.names): Promise<void> {
    for (const name of names) await this.ask('DELETE', `/proxies/${name}`);
  }

  /** The proxies that are there. */
  async proxies(): Promise<RawProxy[]> {
    const answers = await Promise.all(this.names.map((name) => this.ask('GET', `/proxies/${name}`)));
    return answers.filter(({ status }) => status === 200).map(({ text }) => JSON.parse(text));
  }

  /** The port at which clients of a proxy connect. */
  async listenPort(name: string): Promise<number> {
    const { text } = await this.granted('GET', `/proxies/${name}`);
    return Number(new URL(`tcp://${JSON.parse(text).listen}`).port);
  }

  /** Every fault whose name says that it is ours, however many toxics it has. */
  async faults(): Promise<RawFault[]> {
    const toxics = (await this.proxies()).flatMap(({ toxics }) => toxics);
    const found = new Map<string, RawFault>();
    for (const { name, toxicity } of toxics) {
      const injectionId = /^gd-([a-z0-9-]+)\./.exec(name)?.[1];
      if (injectionId === undefined) continue;
      found.set(injectionId, { injectionId, isActive: toxicity > 0 || (found.get(injectionId)?.isActive ?? false) });
    }
    return [...found.values()];
  }

  /** Somebody gives every toxic of an injection twice its values. */
  async tamper(injectionId: string): Promise<void> {
    for (const proxy of await this.proxies())
      for (const { name, attributes } of proxy.toxics.filter((one) => one.name.startsWith(`gd-${injectionId}.`))) {
        const doubled = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, value * 2 + 7]));
        await this.granted('PATCH', `/proxies/${proxy.name}/toxics/${name}`, { attributes: doubled });
      }
  }

  /** One request that must succeed. */
  async granted(method: string, path: string, body?: unknown): Promise<RawAnswer> {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  }

  /** One request; the answer whatever its status. */
  ask(method: string, path: string, body?: unknown): Promise<RawAnswer> {
    return rawHttp(this.port, method, path, undefined, body);
  }
}
