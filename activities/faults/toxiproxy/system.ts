import { z } from 'zod';
import type { FaultSystem } from '../../../src/domain/fault-driver';

/** Where one Toxiproxy answers; it knows no password, so the address carries none. */
export interface ToxiproxyConnection {
  url: string;
}

/** A proxy by its name at Toxiproxy, which must fit into one part of a path. */
const proxy = z.string().regex(/^(?!\.+$)[^/\p{Cc}]{1,100}$/u, 'expected the name of a proxy, without slashes');

/** One direction of one proxy, seen from Toxiproxy: `downstream` is what the client receives. */
export const toxiproxySelector = z.strictObject({
  proxy,
  stream: z.enum(['downstream', 'upstream']).default('downstream'),
});

/** One direction of one proxy. */
export type ProxyStream = z.infer<typeof toxiproxySelector>;

/** A proxy that may be harmed, as an environment file opts it in. */
export const toxiproxyOptIn = z.strictObject({ proxy });

/** TCP connections that go through a Toxiproxy, controlled through its HTTP API. */
export const toxiproxy: FaultSystem<ToxiproxyConnection> = {
  name: 'toxiproxy',
  summary: 'TCP connections that go through a Toxiproxy.',
  connection: z.strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'expected an address such as http://127.0.0.1:8474' })
      .refine((text) => !text.includes('@'), 'expected no user or password in the address'),
  }),
  optIn: toxiproxyOptIn,
};
