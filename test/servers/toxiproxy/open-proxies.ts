import { randomUUID } from 'node:crypto';
import type { AnyFaultDriver, DriverTools } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import { lockKeyOf, targetOf } from '../../../activities/faults/toxiproxy/targets';
import { RawToxiproxy } from '../../contract/toxiproxy-raw';
import { anInjection } from '../../fakes/injection';
import { server } from '../../harness/servers';

/** One proxy of its own at the real Toxiproxy. */
export interface OpenProxy {
  name: string;
  raw: RawToxiproxy;
  /** Where its clients connect. */
  port(): Promise<number>;
  tools(change?: Partial<DriverTools<unknown>>): DriverTools<unknown>;
  /** As prepared for this proxy. */
  injection(driver: AnyFaultDriver, params: unknown): Injection;
  close(): Promise<void>;
}

/** Makes a proxy before something on the loopback. */
export async function openProxy(upstreamPort: number): Promise<OpenProxy> {
  const toxiproxy = await server('toxiproxy');
  const name = `test-${randomUUID().slice(0, 8)}`;
  const raw = new RawToxiproxy(toxiproxy.port, [name]);
  await raw.recreate(upstreamPort);
  const lockKey = lockKeyOf(toxiproxy.url, name);
  return {
    ...{ name, raw, port: () => raw.listenPort(name), close: () => raw.remove() },
    tools: (change = {}) => ({
      ...{ connection: { url: toxiproxy.url }, optedIn: [{ proxy: name }], environment: 'test' },
      ...{ signal: AbortSignal.timeout(30_000), now: Date.now, ...change },
    }),
    injection: (driver, params) =>
      anInjection({
        ...{ fault: driver.kind, lockKey, params: JSON.parse(JSON.stringify(params)) },
        targets: [targetOf(lockKey, { proxy: name, stream: 'downstream' })],
      }),
  };
}
